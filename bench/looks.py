"""Questions to a page in a browser, each a piece of script that answers with what is wrong."""

TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) <= width)
        return [];
    return [...document.body.querySelectorAll('*')]
        .filter(each => each.getBoundingClientRect().right > width + 0.5)
        .map(each => `${each.tagName}.${each.className}: ${each.textContent.trim().slice(0, 40)}`)
        .slice(0, 5);
}"""
"""What reaches beyond the window's edge, where the page scrolls sideways."""

SMALL_TYPE = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const small = [];
    for (let text; (text = texts.nextNode());) {
        const holder = text.parentElement, size = parseFloat(getComputedStyle(holder).fontSize);
        if (size < 13 && text.data.trim() && holder.checkVisibility({visibilityProperty: true}))
            small.push(`${size}px in ${holder.tagName}.${holder.className}: ${text.data}`);
    }
    return small.slice(0, 5);
}"""
"""Words smaller than 13 pixels."""

SMALL_TARGETS = """() => {
    const found = [];
    const look = (targets, least) => {
        for (const each of document.querySelectorAll(targets)) {
            if (!each.checkVisibility({visibilityProperty: true})) continue;
            const box = each.getBoundingClientRect();
            const size = `${Math.round(box.width)} x ${Math.round(box.height)}`;
            if (box.height < least || box.width < 24)
                found.push(`${each.textContent.trim()}: ${size}`);
        }
    };
    look('header nav a, nav.turn a', 44);
    look('header a.site, footer a', 24);
    return found.slice(0, 5);
}"""
"""Ways that a thumb misses."""

HEAD_HEIGHT = "Math.round(document.querySelector('header')?.getBoundingClientRect().height ?? 0)"

NOT_PRINTED = """() => {
    const found = [], width = document.documentElement.clientWidth;
    const main = document.querySelector('main');
    const told = each => `${each.tagName}.${each.className}: ` +
        each.textContent.trim().slice(0, 40);
    const shown = each => each.checkVisibility({contentVisibilityAuto: true,
        visibilityProperty: true, opacityProperty: true}) &&
        (each.getBoundingClientRect().height > 0 || !each.textContent.trim());
    const wanted = ':is(blockquote, figcaption, .badge, .address):not([hidden] *)';
    for (const each of main.querySelectorAll(wanted))
        if (!shown(each)) found.push(`not on paper: ${told(each)}`);
    for (const each of document.querySelectorAll('nav:not(.crumbs, .contents), .skip'))
        if (each.checkVisibility()) found.push(`a way on paper: ${told(each)}`);
    for (const each of main.querySelectorAll('*')) {
        const style = getComputedStyle(each), box = each.getBoundingClientRect();
        if (each instanceof SVGElement || !each.checkVisibility()) continue;
        if (box.right > width + 1 && box.width > 0) found.push(`beyond the edge: ${told(each)}`);
        if (style.overflowX !== 'visible' && each.clientWidth && each.scrollWidth >
            each.clientWidth + 1) found.push(`cut: ${told(each)}`);
    }
    return [...new Set(found)].slice(0, 5);
}"""
"""What paper lacks: quotes, addresses, statuses; what is cut at its edge."""

DEAD_CONTROLS = """[...document.querySelectorAll('button, input, select, textarea')]
    .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.disabled
        && each.type !== 'hidden' && !each.closest('form[action]'))
    .map(each => each.outerHTML.slice(0, 80))
"""
"""Controls that do nothing where there is no script."""

HEAD = """() => {
    const one = query => document.head.querySelector(query), wrong = [];
    if (document.compatMode !== 'CSS1Compat') wrong.push('no doctype');
    if (!document.documentElement.lang) wrong.push('no lang');
    if (document.characterSet !== 'UTF-8') wrong.push(`encoding ${document.characterSet}`);
    if (!document.title.trim()) wrong.push('no title');
    if (!one('meta[name=description]')?.content.trim()) wrong.push('no description');
    if (!/width=device-width/.test(one('meta[name=viewport]')?.content)) wrong.push('no viewport');
    const canonical = document.head.querySelectorAll('link[rel=canonical]');
    if (canonical.length !== 1) wrong.push(`${canonical.length} canonical addresses`);
    if (/noindex/.test(one('meta[name=robots]')?.content)) wrong.push('noindex');
    if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
    for (const script of document.querySelectorAll('script[src]'))
        if (!script.defer && !script.async && script.type !== 'module')
            wrong.push(`script that blocks: ${script.src}`);
    const empty = ['click here', 'here', 'more', 'read more', 'learn more', 'link', 'this'];
    for (const link of document.querySelectorAll('a[href]'))
        if (empty.includes(link.textContent.trim().toLowerCase()))
            wrong.push(`a link called "${link.textContent.trim()}"`);
    for (const image of document.querySelectorAll('img'))
        if (!image.hasAttribute('width') || !image.hasAttribute('height'))
            wrong.push(`a picture without size: ${image.src}`);
    return [...new Set(wrong)].slice(0, 8);
}"""
"""What search engines and Lighthouse ask of a page's head and links."""

PAST_WAYS = """(() => {
    const main = document.querySelector('main'), here = document.activeElement;
    return main.contains(here) || here === document.body
        || (main.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;
})()"""
"""Whether the focus has come to the content, or past it where nothing there takes it."""
SKIPS = "document.activeElement.getAttribute('href') === '#main'"
RING = """(() => {
    const style = getComputedStyle(document.activeElement);
    if (document.activeElement === document.body) return '';
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        ? '' : document.activeElement.outerHTML.slice(0, 80);
})()"""
"""What has the focus, where nothing shows it."""

WATCH = """
window.measured = {lcp: 0, cls: 0, task: 0};
new PerformanceObserver(list => list.getEntries().forEach(each => {
    window.measured.lcp = each.startTime;
})).observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(each => {
    if (!each.hadRecentInput) window.measured.cls += each.value;
})).observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(each => {
    window.measured.task = Math.max(window.measured.task, each.duration);
})).observe({type: 'longtask', buffered: true});
"""
"""Run before a page: keeps its largest paint, how far things shifted, and its longest task."""

SETTLED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))"
"""Waits until a frame was drawn, and what it told the observers has arrived."""

NARROW = """() => [...document.querySelectorAll('main :is(.lede, .prose > p, .beside > * > .says)')]
    .filter(each => each.checkVisibility() && each.offsetWidth < innerWidth * .7)
    .map(each => `${each.className || each.tagName}: ${each.offsetWidth} px wide`)
    .slice(0, 5)
"""
"""Text that does not get the width of a phone."""
