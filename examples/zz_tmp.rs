//! tmp
fn main() {
    for path in std::env::args().skip(1) {
        let s = std::fs::read_to_string(&path).unwrap();
        let name = path.rsplit('/').next().unwrap();
        for p in gargalo::lesson::check::check(name, &s).1 {
            println!(
                "{path}\t{}:{}\t{}\t{}",
                p.line, p.column, p.what, p.advice
            );
        }
    }
}
