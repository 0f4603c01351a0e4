//! Broken lessons: each file in `tests/broken` breaks one rule, and says
//! at its top what it is told, where: `// expect: LINE:COLUMN words`.

use gargalo::lesson::check::check;
use gargalo::lesson::problem::Problem;
use std::fs;

#[test]
fn every_broken_lesson_is_refused_with_place_and_words() {
    let mut wrong = Vec::new();
    let mut files = 0;
    for entry in fs::read_dir("tests/broken").unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = fs::read(&path).unwrap();
        let source = String::from_utf8(bytes).unwrap();
        let (_, problems) = check(&file, &source);
        let expected: Vec<&str> = source
            .lines()
            .filter_map(|line| line.strip_prefix("// expect: "))
            .collect();
        assert!(!expected.is_empty(), "{file} expects nothing");
        if !fits(&problems, &expected) {
            let told: Vec<String> =
                problems.iter().map(ToString::to_string).collect();
            wrong.push(format!("{}\n  {expected:#?}", told.join("\n")));
        }
        files += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files >= 60, "only {files} broken lessons");
}

fn fits(problems: &[Problem], expected: &[&str]) -> bool {
    let fits = |(problem, line): (&Problem, &&str)| {
        let Some((place, words)) = line.split_once(' ') else {
            return false;
        };
        let at = format!("{}:{}", problem.line, problem.column);
        let text = format!("{} {}", problem.what, problem.advice);
        at == place && !words.is_empty() && text.contains(words)
    };
    problems.len() == expected.len()
        && problems.iter().zip(expected).all(fits)
}

#[test]
fn every_problem_has_advice_and_whole_sentences() {
    for entry in fs::read_dir("tests/broken").unwrap() {
        let source = fs::read_to_string(entry.unwrap().path()).unwrap();
        for problem in check("x.ron", &source).1 {
            let text = problem.to_string();
            assert!(!problem.advice.is_empty(), "{text}");
            assert!(problem.what.ends_with(['.', ')']), "{text}");
            assert!(problem.advice.ends_with(['.', '?']), "{text}");
            assert!(!text.contains('!') && !text.contains("  "), "{text}");
            assert!(text.len() < 700, "{text}");
        }
    }
}
