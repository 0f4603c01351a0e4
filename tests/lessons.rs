//! Lesson files: good ones are read, bad ones explained.

use gargalo::lesson::course::Course;
use gargalo::lesson::course::Entry;

#[test]
fn every_embedded_lesson_can_be_read() {
    for entry in Course::embedded().entries {
        if let Entry::Broken { problems, .. } = entry {
            panic!("{}", problems[0]);
        }
    }
}
