"""The interface's words in Ukrainian.

A briefing is called «довідка». Figures, names and voices come from the content in one form, so
words around them are chosen that ask for no other case.
"""

from collections.abc import Mapping

DATES: Mapping[str, str] = {
    "day": "{day} {month} {year}",
    "month": "{month} {year}",
    "year": "{year} рік",
    "year|inside": "{year} року",
    "before-christ": "{year} рік до н. е.",
    "before-christ|inside": "{year} року до н. е.",
    "decade": "{year}-ті роки",
    "decade|inside": "{year}-х років",
    "century": "{ordinal} століття",
    "century|inside": "{number}-го століття",
    "ordinal-other": "{number}-те",
    "some-day": "один із днів {inside}",
    "some-day|inside": "одного з днів {inside}",
    "some-month": "один із місяців {inside}",
    "some-month|inside": "одного з місяців {inside}",
    "21": "весна {year}",
    "21|inside": "весни {year}",
    "21|as-of": "весну {year}",
    "22": "літо {year}",
    "22|inside": "літа {year}",
    "23": "осінь {year}",
    "23|inside": "осені {year}",
    "24": "зима {year}",
    "24|inside": "зими {year}",
    "24|as-of": "зиму {year}",
    "25": "весна {year} у Північній півкулі",
    "25|inside": "весни {year} у Північній півкулі",
    "25|as-of": "весну {year} у Північній півкулі",
    "26": "літо {year} у Північній півкулі",
    "26|inside": "літа {year} у Північній півкулі",
    "27": "осінь {year} у Північній півкулі",
    "27|inside": "осені {year} у Північній півкулі",
    "28": "зима {year} у Північній півкулі",
    "28|inside": "зими {year} у Північній півкулі",
    "28|as-of": "зиму {year} у Північній півкулі",
    "29": "весна {year} у Південній півкулі",
    "29|inside": "весни {year} у Південній півкулі",
    "29|as-of": "весну {year} у Південній півкулі",
    "30": "літо {year} у Південній півкулі",
    "30|inside": "літа {year} у Південній півкулі",
    "31": "осінь {year} у Південній півкулі",
    "31|inside": "осені {year} у Південній півкулі",
    "32": "зима {year} у Південній півкулі",
    "32|inside": "зими {year} у Південній півкулі",
    "32|as-of": "зиму {year} у Південній півкулі",
    "33": "перший квартал {year}",
    "33|inside": "першого кварталу {year}",
    "34": "другий квартал {year}",
    "34|inside": "другого кварталу {year}",
    "35": "третій квартал {year}",
    "35|inside": "третього кварталу {year}",
    "36": "четвертий квартал {year}",
    "36|inside": "четвертого кварталу {year}",
    "37": "перші чотири місяці {year}",
    "37|inside": "перших чотирьох місяців {year}",
    "38": "середні чотири місяці {year}",
    "38|inside": "середніх чотирьох місяців {year}",
    "39": "останні чотири місяці {year}",
    "39|inside": "останніх чотирьох місяців {year}",
    "40": "перша половина {year}",
    "40|inside": "першої половини {year}",
    "40|as-of": "першу половину {year}",
    "41": "друга половина {year}",
    "41|inside": "другої половини {year}",
    "41|as-of": "другу половину {year}",
    "~": "близько {inside}",
    "~|inside": "приблизно {inside}",
    "~|as-of": "приблизно {date}",
    "?": "можливо, {date}",
    "?|inside": "{inside} (можливо)",
    "?|as-of": "{date} (можливо)",
    "%": "можливо, близько {inside}",
    "%|inside": "приблизно {inside} (можливо)",
    "%|as-of": "приблизно {date} (можливо)",
    "shared-years": "{year}",
    "shared-year": "{day} {month}",
    "shared-month": "{day}",
    "month-shared-year": "{month}",
    "interval": "від {start} до {end}",
    "interval|as-of": "час від {start} до {end}",
    "since": "від {start} до невідомої дати",
    "since|as-of": "час від {start} до невідомої дати",
    "until": "від невідомої дати до {end}",
    "until|as-of": "час від невідомої дати до {end}",
    "since-open": "від {start}",
    "since-open|as-of": "час від {start}",
    "until-open": "до {end}",
    "until-open|as-of": "час до {end}",
    "set": "не раніше {start} і не пізніше {end}",
    "set|as-of": "дату не раніше {start} і не пізніше {end}",
    "from-day": "не раніше {start}",
    "from-day|as-of": "дату не раніше {start}",
    "from": "не раніше {start}",
    "from|as-of": "дату не раніше {start}",
    "to-day": "до {end}",
    "to-day|as-of": "дату до {end}",
    "to": "не пізніше {end}",
    "to|as-of": "дату не пізніше {end}",
}

NUMBERS: Mapping[str, str] = {
    r"(?<!\w)(?:млн\b\.?|мільйон\w*)": "million",
    r"(?<!\w)(?:млрд\b\.?|мільярд\w*)": "billion",
    r"(?<!\w)(?:трлн\b\.?|трильйон\w*)": "trillion",
    r"(?<!\w)(?:тис\.|тисяч\w*)": "thousand",
    r"(?<!\w)відсот(?:ок|к)\w*": "percent",
    r"(?<=\d),(?=\d)": ".",
}

WORDS: Mapping[str, str] = {
    # navigation and frame
    "skip": "Перейти до змісту",
    "overview": "Огляд",
    "timeline": "Хронологія",
    "relations": "Зв’язки",
    "facts": "Факти",
    "disputes": "Спірне й сумнівне",
    "sources": "Джерела",
    "sections": "Розділи",
    "about": "Про цю довідку",
    "documentation": "Документація",
    "main-navigation": "Головне меню",
    "breadcrumb": "Ви тут",
    "on-this-page": "На цій сторінці",
    "previous": "Назад",
    "next": "Далі",
    "foot": (
        "Біля кожного факту на цьому сайті наведено слова, на яких він ґрунтується. Станом на "
        "{date}."
    ),
    "foot-undated": "Біля кожного факту на цьому сайті наведено слова, на яких він ґрунтується.",
    # status
    "denied": "Заперечення",
    "planned": "План",
    "unlikely": "Малоймовірне",
    "possible": "Можливе",
    "expected": "Очікуване",
    "opinion": "Думка",
    "reported": "Повідомлення",
    "stated": "Твердження",
    "disputed": "Спірне",
    "doubtful": "Сумнівне",
    "superseded": "Замінене",
    "status-means:denied": "сказано, що це не так",
    "status-means:planned": "чийсь намір, ще не здійснений",
    "status-means:unlikely": "названо малоймовірним",
    "status-means:possible": "може або могло б бути так",
    "status-means:expected": "названо ймовірним або таким, що настане",
    "status-means:opinion": "оцінка, порада чи порівняння",
    "status-means:reported": "як факт це подає не саме джерело, а хтось інший",
    "status-means:stated": "джерело подає це як факт",
    "status-means:doubtful": "погано узгоджується з рештою сказаного в джерелах",
    "status-means:disputed": "інший факт свідчить про інше",
    "status-means:superseded": "його замінив пізніший факт",
    "status": "Статус",
    "status-count:denied|one": "{n} заперечення",
    "status-count:denied|few": "{n} заперечення",
    "status-count:denied|many": "{n} заперечень",
    "status-count:denied|other": "{n} заперечення",
    "status-count:planned|one": "{n} план",
    "status-count:planned|few": "{n} плани",
    "status-count:planned|many": "{n} планів",
    "status-count:planned|other": "{n} плану",
    "status-count:unlikely|one": "{n} малоймовірний",
    "status-count:unlikely|few": "{n} малоймовірні",
    "status-count:unlikely|many": "{n} малоймовірних",
    "status-count:unlikely|other": "{n} малоймовірного",
    "status-count:possible|one": "{n} можливий",
    "status-count:possible|few": "{n} можливі",
    "status-count:possible|many": "{n} можливих",
    "status-count:possible|other": "{n} можливого",
    "status-count:expected|one": "{n} очікуваний",
    "status-count:expected|few": "{n} очікувані",
    "status-count:expected|many": "{n} очікуваних",
    "status-count:expected|other": "{n} очікуваного",
    "status-count:opinion|one": "{n} думка",
    "status-count:opinion|few": "{n} думки",
    "status-count:opinion|many": "{n} думок",
    "status-count:opinion|other": "{n} думки",
    "status-count:reported|one": "{n} повідомлення",
    "status-count:reported|few": "{n} повідомлення",
    "status-count:reported|many": "{n} повідомлень",
    "status-count:reported|other": "{n} повідомлення",
    "status-count:stated|one": "{n} твердження",
    "status-count:stated|few": "{n} твердження",
    "status-count:stated|many": "{n} тверджень",
    "status-count:stated|other": "{n} твердження",
    "status-count:doubtful|one": "{n} сумнівний",
    "status-count:doubtful|few": "{n} сумнівні",
    "status-count:doubtful|many": "{n} сумнівних",
    "status-count:doubtful|other": "{n} сумнівного",
    "status-count:disputed|one": "{n} спірний",
    "status-count:disputed|few": "{n} спірні",
    "status-count:disputed|many": "{n} спірних",
    "status-count:disputed|other": "{n} спірного",
    "status-count:superseded|one": "{n} замінений",
    "status-count:superseded|few": "{n} замінені",
    "status-count:superseded|many": "{n} замінених",
    "status-count:superseded|other": "{n} заміненого",
    # who says so
    "source-line": "{source}, рядок\u00a0{line}",
    "who-says": "Хто це каже",
    "citing": "{outer}, джерело — {inner}",
    "in-quotes": "«{words}»",
    # bounds of a value: words that leave the figure's own case alone
    "bound:exactly": "{figure}",
    "bound:about": "приблизно {figure}",
    "bound:more-than": "понад {figure}",
    "bound:less-than": "менш як {figure}",
    "bound:up-to": "щонайбільше {figure}",
    "bound:at-least": "щонайменше {figure}",
    # stages of a relation
    "stage:in-talks": "ведуться переговори",
    "stage:early": "початкова стадія",
    "stage:under-way": "у процесі",
    "stage:agreed": "узгоджено",
    "stage:ongoing": "триває",
    "stage:established": "налагоджено",
    # dates
    "role:as-of": "станом на {date}",
    "role:target": "ціль: {date}",
    "role:said": "сказано: {date}",
    "role:event": "{date}",
    "own:as-of": "стан: {date}",
    "own:target": "ціль: {date}",
    "own:said": "сказано: {date}",
    "own:event": "{date}",
    "as-of": "Станом на {date}",
    "date-why": "Чому ця дата: {words}",
    "past": "Що вже відбулося станом на {date}",
    "dated": "З датою",
    "ahead": "Попереду",
    "timeline-empty": "У цій довідці немає фактів із датою.",
    # counts
    "count-facts|one": "{n} факт",
    "count-facts|few": "{n} факти",
    "count-facts|many": "{n} фактів",
    "count-facts|other": "{n} факту",
    "count-quotes|one": "{n} цитата",
    "count-quotes|few": "{n} цитати",
    "count-quotes|many": "{n} цитат",
    "count-quotes|other": "{n} цитати",
    "count-sources|one": "{n} джерело",
    "count-sources|few": "{n} джерела",
    "count-sources|many": "{n} джерел",
    "count-sources|other": "{n} джерела",
    # home
    "key-points": "Головне",
    "who-is-who": "Хто є хто",
    "what-next": "Що далі",
    "in-doubt": "Спірне й сумнівне",
    "others-of": "Інші: {many}",
    "names-left": "ще {n}",
    "the-story": "Історія за розділами",
    "part-of": "{n} з {total}",
    "the-source": "Звідки ці відомості",
    "coverage-line": (
        "Враховано уривків: {accounted} з {passages} ({percent}); процитовано речень: {used} "
        "з {sentences}."
    ),
    "more-ahead": "Уся хронологія",
    "why-doubted": "Чому — словами обох сторін",
    "accounted-short": "враховано {percent} уривків",
    # entity
    "also-called": "Інші назви: {names}",
    "facts-further": "{name}: інші факти",
    "entity-further": "{name}, сторінка {n}",
    "facts-that": "Факти: {what}",
    "list-page": "{title}, сторінка {n}",
    "list-pages": "Сторінки цього списку",
    "no-such-facts": "Жоден факт цієї довідки не належить до цього списку.",
    "entity-pages": "Сторінки цієї теми",
    "facts-left|one": "Ще {n} факт",
    "facts-left|few": "Ще {n} факти",
    "facts-left|many": "Ще {n} фактів",
    "facts-left|other": "Ще {n} факту",
    "dates-drawn": "Окремою хронологією",
    "dates-left|one": "Ще {n} дата",
    "dates-left|few": "Ще {n} дати",
    "dates-left|many": "Ще {n} дат",
    "dates-left|other": "Ще {n} дати",
    "own-timeline": "Дати",
    "mentioned-in": "Де згадано",
    "according-to": "Про що повідомляє {name}",
    "elsewhere": "В інших місцях",
    "told-again": "Про факти, наведені вище, йдеться також тут:",
    "entity-sources": "Джерела цієї сторінки",
    "no-facts": "Окремих фактів про це немає; дивіться, де про це згадано.",
    "edit": "Редагувати цю сторінку",
    "edit-fact": "Редагувати",
    "json": "JSON",
    "permalink": "Постійне посилання",
    "evidence": "Підстави",
    "also-said": "Сказано також:",
    "differs": "відмінність: {what}",
    "condition": "За умови: {words}",
    "doubt": "Чому це сумнівно: {words}",
    "note": "Примітка редактора: {words}",
    "disputed-by": "Інший факт свідчить про інше:",
    "superseded-by": "Замінено фактом:",
    "supersedes": "Замінює факт:",
    "resolves": "Показує, чим завершилося:",
    "resolved-by": "Чим завершилося:",
    "not-so": "сказано, що це не так",
    "relations-caption|one": "{n} зв’язок, за тим, від кого йде",
    "relations-caption|few": "{n} зв’язки, за тим, від кого йдуть",
    "relations-caption|many": "{n} зв’язків, за тим, від кого йдуть",
    "relations-caption|other": "{n} зв’язку, за тим, від кого йдуть",
    "from": "Від кого",
    "to": "До кого",
    "map-label": "Карта зв’язків: хто з ким пов’язаний; у таблиці нижче — ті самі зв’язки словами",
    "map-whole|one": "{n} герой, пов’язаний з іншим.",
    "map-whole|few": "{n} герої, пов’язані з іншими.",
    "map-whole|many": "{n} героїв, пов’язаних з іншими.",
    "map-whole|other": "{n} героя, пов’язаного з іншими.",
    "map-part": (
        "Найбільше пов’язані: {shown} із {n}; ліній: {lines} із {pairs}. Усі зв’язки — у таблиці."
    ),
    "map-lines": "Лінії: як далеко зайшло",
    "map-no-stage": "стадію не названо",
    "map-soft": "план, очікування, припущення чи думка",
    "map-against": "одне проти одного",
    "map-denied": "заперечено: сказано, що це не так",
    "map-arrow": "від того, хто діє, до іншого; без стрілки — в обидва боки",
    "map-names": "Назви: хто це чи що це",
    "map-tie": "{one} {says} {other} ({marks})",
    "map-tie-denied": "Сказано, що це не так: {one} {says} {other} ({marks})",
    "map-more|one": "і ще {n} зв’язок",
    "map-more|few": "і ще {n} зв’язки",
    "map-more|many": "і ще {n} зв’язків",
    "map-more|other": "і ще {n} зв’язку",
    "near-more|one": "і ще {n}",
    "near-more|few": "і ще {n}",
    "near-more|many": "і ще {n}",
    "near-more|other": "і ще {n}",
    "relation": "Зв’язок",
    "the-words": "Слова джерела",
    "no-relations": "Жоден факт цієї довідки не пов’язує двох її героїв.",
    "relations-lede": (
        "Хто з ким пов’язаний, як далеко це зайшло і які слова про це свідчать. Зв’язок "
        "певний настільки, наскільки певний факт, що за ним стоїть."
    ),
    "facts-lede": (
        "Усі факти довідки за тим, кого чи чого вони стосуються, зі статусом і вказівкою, хто "
        "це каже. Кожен має сторінку з підставами."
    ),
    "disputes-lede": (
        "Де джерела суперечать одне одному або цифра погано узгоджується з рештою. Слова "
        "лишаються такими, як їх надруковано в джерелах."
    ),
    "one-against-another": "Одне проти одного",
    "doubtful-alone": "Сумнівні цифри",
    "no-disputes": "У цій довідці немає нічого спірного чи позначеного як сумнівне.",
    "sources-lede": (
        "З чого зроблено цю довідку, збережене слово в слово, і скільки з цього враховано у фактах."
    ),
    "cite-this": "Як цитувати",
    "told-in": "Де про це йдеться",
    "fact-file": "Про цей факт",
    "figure": "Показник",
    "subject": "Стосується",
    # sources
    "publisher": "Видавець копії",
    "origin": "Чий текст",
    "published": "Опубліковано",
    "address": "Адреса",
    "no-address": "у копії не вказано",
    "sha256": "SHA-256 тексту",
    "coverage": "Охоплення",
    "coverage-lede": (
        "Уривок враховано, якщо цитати фактів охоплюють щонайменше половину його слів або "
        "якщо його вилучено із зазначенням причини."
    ),
    "coverage-by-layer": "Охоплення за частинами тексту",
    "layer-name": "Частина",
    "passages": "Уривки",
    "accounted": "Враховано",
    "sentences": "Речення",
    "used": "Наведено як підстави",
    "words-quoted": "Частка процитованих слів",
    "passages-lede": (
        "Позначені слова цитують факти, названі поруч; числа — це рядки джерела. З уривка "
        "показано щонайбільше {n} процитованих слів: це покажчик, а не копія статті."
    ),
    "passages-lede-whole": (
        "Позначені слова цитують факти, названі поруч; числа — це рядки джерела."
    ),
    "not-quoted": "(не процитовано)",
    "set-aside": "Вилучено",
    "set-aside-lede": (
        "Частини збереженої сторінки, які не належать до статті. На цьому сайті їх ніде не "
        "показано."
    ),
    "set-aside-caption": "Що вилучено і чому",
    "reason": "Причина",
    "words": "Слів",
    "headline": "Заголовок",
    "abstract": "Анотація",
    "body": "Основний текст",
    "byline": "Підпис автора",
    "questions": "Запитання й відповіді",
    # about, 404
    "about-title": "Як читати цю довідку",
    "about-lede": (
        "Довідка складається з фактів. Кожен ґрунтується на словах, які є в джерелі, і "
        "програма перевірила, чи вони там є, перш ніж цю сторінку опубліковано."
    ),
    "about-checked": "Що перевірено",
    "about-checked-quotes": (
        "Кожну цитату знайдено в збереженому тексті її джерела — літера в літеру, крім "
        "пробілів, лапок і тире."
    ),
    "about-checked-figures": (
        "Кожна цифра, дата й пряма мова у факті є в його власних цитатах, а кожне "
        "речення стислого викладу посилається на факт."
    ),
    "about-checked-so": "Отже, факт на цьому сайті означає: у джерелі є ці слова.",
    "about-checked-but": "Чи має джерело рацію, судити читачеві.",
    "about-status": "Наскільки певні ці слова",
    "about-voices": (
        "Біля факту названо тих, на кого посилається його джерело, — від найближчого до "
        "найдальшого: «The Courier, джерело — менеджери Acme» означає, що, за словами "
        "джерела, The Courier повідомляє сказане менеджерами. Якщо нікого не названо, це каже "
        "саме джерело."
    ),
    "about-lines": (
        "«Рядок 23» — це рядок збереженого тексту джерела. Якщо копія передає чужий текст, слова "
        "тексту приписано тому, хто його написав, а додане від копії, як-от анотацію чи "
        "запитання, — копії."
    ),
    "about-dates": "Дати та їхня непевність",
    "about-dates-words": (
        "Дата каже те, що дозволяють слова, і не більше. «Друга половина 2026 року» лишається "
        "півріччям, і її показано пунктирним відрізком; один відомий день — суцільна "
        "позначка; відкрита межа — стрілка. «Сказано» позначає день, коли щось сказано, а не "
        "день, коли це станеться."
    ),
    "about-data": "Дані",
    "about-data-words": (
        "Усе це опубліковано і як дані: ці файли, а також файл для кожного виду та кожного "
        "його героя."
    ),
    "not-found": "Такої сторінки немає",
    "not-found-lede": (
        "Можливо, в адресі помилка або сторінку вилучено з довідки. Почніть з огляду."
    ),
    # compare
    "compare-kind": "{many}: порівняння",
    "compare-lede": (
        "Що джерела кажуть про кожного, стовпець за стовпцем. Малі цифри ведуть до слів, на "
        "яких тримається клітинка; «у джерелах немає» означає, що джерела про це не кажуть."
    ),
    "compare-caption": "Сказане стоїть зі своїми підставами.",
    "compare-silent": "Для цих стовпців у джерелах нічого немає:",
    "not-in-sources": "у джерелах немає",
    "lacks": "Немає в джерелах: {columns}",
    "csv": "CSV",
    # sources, further
    "no-date-given": "Дати не вказано:",
    # search
    "search": "Пошук",
    "search-further": "Пошук: назви, сторінка {n}",
    "search-lede": (
        "Герої довідки, факти, цитати, на яких вони ґрунтуються, і розділи історії. Шукають "
        "усі введені слова, кожне — за його початком."
    ),
    "search-count": "Знайдено: {n}",
    "search-none": "Нічого не знайдено",
    "search-also": "зі словами",
    "search-failed": (
        "Не вдалося завантажити пошук: йому потрібен вебсервер, і на сторінці, відкритій із "
        "диска, він не працює."
    ),
    "search-narrow": "Уточнити пошук",
    "search-more": "Ще результати",
    "search-without-script": (
        "Для пошуку потрібні скрипти. Без них нижче наведено всі назви за абеткою."
    ),
    "names": "Усе за абеткою",
    "letters": "Літери",
    "kind": "Вид",
    "section": "Розділ",
    "source": "Джерело",
    # a source's passages
    "quoted-by|one": "Цитує {n} факт",
    "quoted-by|few": "Цитують {n} факти",
    "quoted-by|many": "Цитують {n} фактів",
    "quoted-by|other": "Цитує {n} факту",
    "quoted-in-part-by|one": "Частково цитує {n} факт",
    "quoted-in-part-by|few": "Частково цитують {n} факти",
    "quoted-in-part-by|many": "Частково цитують {n} фактів",
    "quoted-in-part-by|other": "Частково цитує {n} факту",
    "quoted-by-entry": "Процитовано у відомостях про джерело",
    "set-aside-because": "Вилучено: {reason}",
    "facts-more|one": "і ще {n}",
    "facts-more|few": "і ще {n}",
    "facts-more|many": "і ще {n}",
    "facts-more|other": "і ще {n}",
    "layer-line": "Враховано уривків: {accounted} з {passages}; процитовано слів: {quoted}",
    "at-publisher": "на сайті видавця",
    "source-further": "{name}, сторінка {n}",
    "source-pages": "Сторінки цього джерела",
    "named-here": "Кого тут названо",
    "back-to-mark": "Назад до тексту",
    # the whole briefing, printed
    "print-title": "Уся довідка",
    "print-part": "Уся довідка: {name}",
    "print-whole": "Надрукувати або зберегти всю довідку",
    "print-lede": (
        "Уся довідка на одній сторінці: {facts}; нумерація наскрізна, а наприкінці біля "
        "кожного номера наведено цитати й те, де їх узято."
    ),
    "print-lede-cited": (
        "Виклад довгої довідки і факти, на які він посилається; усі {facts} надруковано за видами."
    ),
    "print-parts": "Факти за видами",
    "contents": "Зміст",
    "notes": "Примітки",
    "notes-lede": "Слова, на яких ґрунтується кожен факт, і де вони стоять.",
    "key-figures": "Головні показники:",
    "note-back": "Назад до тексту, місце {n}",
    "see-note": "див. примітку {n}",
    # timeline
    "timeline-of": "Хронологія: {what}",
    "timeline-lede-span|one": (
        "{n} факт із датою; дні, які допускають слова джерел: {first} — {last}"
    ),
    "timeline-lede-span|few": (
        "{n} факти із датою; дні, які допускають слова джерел: {first} — {last}"
    ),
    "timeline-lede-span|many": (
        "{n} фактів із датою; дні, які допускають слова джерел: {first} — {last}"
    ),
    "timeline-lede-span|other": (
        "{n} факту із датою; дні, які допускають слова джерел: {first} — {last}"
    ),
    "timeline-lede-within|one": ("{n} факт із датою; дні, які допускають слова джерел: {month}"),
    "timeline-lede-within|few": ("{n} факти із датою; дні, які допускають слова джерел: {month}"),
    "timeline-lede-within|many": ("{n} фактів із датою; дні, які допускають слова джерел: {month}"),
    "timeline-lede-within|other": ("{n} факту із датою; дні, які допускають слова джерел: {month}"),
    "timeline-lede-closed": "{lede}.",
    "timeline-lede-open": "{lede}; але {open}.",
    "timeline-no-start|one": "початок {n} факту невідомий",
    "timeline-no-start|few": "початок {n} фактів невідомий",
    "timeline-no-start|many": "початок {n} фактів невідомий",
    "timeline-no-start|other": "початок {n} факту невідомий",
    "timeline-no-end|one": "кінець {n} факту невідомий",
    "timeline-no-end|few": "кінець {n} фактів невідомий",
    "timeline-no-end|many": "кінець {n} фактів невідомий",
    "timeline-no-end|other": "кінець {n} факту невідомий",
    "timeline-lede-starts": "1 факт із датою; перший можливий місяць: {month}, кінець невідомий.",
    "timeline-lede-ends": "1 факт із датою; початок невідомий, останній можливий місяць: {month}.",
    "timeline-lede-period|one": "{n} факт, дата якого починається в цей час: {period}.",
    "timeline-lede-period|few": "{n} факти, дата яких починається в цей час: {period}.",
    "timeline-lede-period|many": "{n} фактів, дата яких починається в цей час: {period}.",
    "timeline-lede-period|other": "{n} факту, дата яких починається в цей час: {period}.",
    "timeline-parts": "Частини хронології",
    "timeline-pages": "До і після",
    "timeline-filters": "Показати лише",
    "timeline-nearest-past": "Останні {n} станом на {date}",
    "timeline-nearest-ahead": "Найближчі {n}",
    "timeline-by-year": "За роками",
    "timeline-bars": (
        "Що вищий стовпчик, то більше подій; кожну враховано там, де вона починається. "
        "Порожнистий стовпчик — попереду."
    ),
    "timeline-bars-skip": "Час без подій пропущено там, де стоїть подвійна риска.",
    "timeline-skips": (
        "На осі пропущено {years}: там нічого немає; подвійна риска позначає це місце."
    ),
    "timeline-known": "відомий день",
    "timeline-span": "усі дні, які допускають слова",
    "timeline-open": "відкрита межа",
    "timeline-said": "датовано лише сказане",
    "timeline-soft": "план або прогноз",
    "timeline-now": "станом на {date}",
    "entity": "За назвою",
    "all": "Усі",
    "undated": "Без дати",
    "undated-lede|one": "{n} факт не має дати в джерелах.",
    "undated-lede|few": "{n} факти не мають дати в джерелах.",
    "undated-lede|many": "{n} фактів не мають дати в джерелах.",
    "undated-lede|other": "{n} факту не мають дати в джерелах.",
    "undated-all": "Усі ці факти",
}
