//! Names as other schemes write them, and mistyped: made from Cyrillic by the schemes' own tables.

use fastrand::Rng;

use super::tests::finds;

/// Names in the news and in books, in Russian spelling.
const NAMES: &[&str] = &[
    "Хрущёв",
    "Горбачёв",
    "Брежнев",
    "Чайковский",
    "Порошенко",
    "Лукашенко",
    "Пригожин",
    "Навальный",
    "Медведев",
    "Шевченко",
    "Тимошенко",
    "Солженицын",
    "Достоевский",
    "Мусоргский",
    "Прокофьев",
    "Шостакович",
    "Белоусов",
    "Кадыров",
    "Собянин",
    "Саакашвили",
    "Пашинян",
    "Жириновский",
    "Мишустин",
    "Матвиенко",
    "Володин",
    "Шойгу",
    "Герасимов",
    "Суровикин",
    "Бортников",
    "Нарышкин",
    "Захарова",
    "Песков",
    "Рогозин",
    "Сурков",
    "Касьянов",
    "Чубайс",
    "Ходорковский",
    "Березовский",
    "Абрамович",
    "Дерипаска",
    "Потанин",
    "Немцов",
    "Яшин",
    "Каспаров",
    "Политковская",
    "Ахматова",
    "Цветаева",
    "Булгаков",
    "Чехов",
    "Лермонтов",
    "Тургенев",
    "Гагарин",
    "Терешкова",
    "Королёв",
    "Сахаров",
    "Андропов",
    "Черненко",
    "Зюганов",
    "Янукович",
    "Кучма",
    "Зеленский",
    "Залужный",
];

/// A letter in Duden's transcription, BGN/PCGN's, the French and the scholarly one.
#[rustfmt::skip]
const LETTERS: &[(char, [&str; 4])] = &[
    ('а', ["a", "a", "a", "a"]),         ('б', ["b", "b", "b", "b"]),
    ('в', ["w", "v", "v", "v"]),         ('г', ["g", "g", "g", "g"]),
    ('д', ["d", "d", "d", "d"]),         ('е', ["e", "e", "e", "e"]),
    ('ё', ["jo", "yo", "io", "ë"]),      ('ж', ["sch", "zh", "j", "ž"]),
    ('з', ["s", "z", "z", "z"]),         ('и', ["i", "i", "i", "i"]),
    ('й', ["i", "y", "ï", "j"]),         ('к', ["k", "k", "k", "k"]),
    ('л', ["l", "l", "l", "l"]),         ('м', ["m", "m", "m", "m"]),
    ('н', ["n", "n", "n", "n"]),         ('о', ["o", "o", "o", "o"]),
    ('п', ["p", "p", "p", "p"]),         ('р', ["r", "r", "r", "r"]),
    ('с', ["s", "s", "s", "s"]),         ('т', ["t", "t", "t", "t"]),
    ('у', ["u", "u", "ou", "u"]),        ('ф', ["f", "f", "f", "f"]),
    ('х', ["ch", "kh", "kh", "h"]),      ('ц', ["z", "ts", "ts", "c"]),
    ('ч', ["tsch", "ch", "tch", "č"]),   ('ш', ["sch", "sh", "ch", "š"]),
    ('щ', ["schtsch", "shch", "chtch", "šč"]), ('ы', ["y", "y", "y", "y"]),
    ('ь', ["", "", "", ""]),             ('э', ["e", "e", "e", "e"]),
    ('ю', ["ju", "yu", "iou", "ju"]),    ('я', ["ja", "ya", "ia", "ja"]),
];

/// What stands for some letters together, before single ones are looked at: endings, and е where
/// it is written je.
#[rustfmt::skip]
const TOGETHER: &[(&str, [&str; 4])] = &[
    ("ий ", ["i", "y", "i", "ij"]),      ("ый ", ["y", "y", "y", "yj"]),
    ("ьев", ["jew", "yev", "iev", "'ev"]), ("ое", ["oje", "oye", "oïe", "oe"]),
    ("ае", ["aje", "aye", "aïe", "ae"]), ("ие", ["ije", "iye", "ie", "ie"]),
    ("щё", ["schtscho", "shche", "chtche", "ščë"]), ("чё", ["tscho", "che", "tche", "čë"]),
    ("ье", ["je", "ye", "ie", "'e"]),    ("кс", ["x", "ks", "x", "ks"]),
];

fn transcribed(name: &str, scheme: usize) -> String {
    let name = name.to_lowercase() + " ";
    let mut rest = name.as_str();
    let mut written = String::new();
    while let Some(letter) = rest.chars().next() {
        if let Some((letters, of)) = TOGETHER.iter().find(|(letters, _)| rest.starts_with(letters))
        {
            written += of[scheme];
            rest = &rest[letters.len()..];
            continue;
        }
        let of = LETTERS.iter().find(|(of, _)| *of == letter);
        written += of.map_or("", |(_, of)| of[scheme]);
        rest = &rest[letter.len_utf8()..];
    }
    let mut letters = written.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A letter left out, added, replaced, or changed with its neighbour; the first stays.
fn mistyped(word: &str, random: &mut Rng) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = random.usize(1..letters.len());
    let other = random.lowercase();
    match random.u8(..4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, other),
        2 => letters[at] = other,
        _ => letters.swap(at - 1, at),
    }
    letters.into_iter().collect()
}

#[test]
fn schemes_write_names_as_expected() {
    #[rustfmt::skip]
    let cases = [
        ("Хрущёв",     ["Chruschtschow", "Khrushchev", "Khrouchtchev", "Hruščëv"]),
        ("Чайковский", ["Tschaikowski", "Chaykovsky", "Tchaïkovski", "Čajkovskij"]),
        ("Жириновский", ["Schirinowski", "Zhirinovsky", "Jirinovski", "Žirinovskij"]),
    ];
    for (name, expected) in cases {
        let written: Vec<String> = (0..4).map(|scheme| transcribed(name, scheme)).collect();
        assert_eq!(written, expected);
    }
}

#[test]
fn another_scheme_and_a_typing_error_are_found() {
    let mut random = Rng::with_seed(11);
    let (mut found, mut missed) = (0, Vec::new());
    for case in 0..500 {
        let name = NAMES[case % NAMES.len()];
        let from = random.usize(..4);
        let to = (from + 1 + random.usize(..3)) % 4;
        let (typed, spelling) =
            (mistyped(&transcribed(name, from), &mut random), transcribed(name, to));
        match finds(&typed, &spelling) {
            true => found += 1,
            false => missed.push((typed, spelling)),
        }
    }
    assert!(found >= 450, "only {found} of 500, not {missed:?}");
}
