//! A crew: every piece once, and nothing lost when one fails.

use gargalo::kernel::crew::Crew;
use gargalo::kernel::crew::Piece;
use gargalo::kernel::crew::Worth;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::time::Duration;

#[test]
fn a_crew_does_every_piece_once_awake_or_asleep() {
    let mut crew = Crew::new(3);
    for round in 0..200 {
        let seen = Mutex::new(Vec::new());
        crew.share(Worth::Sharing, &|piece: Piece| {
            seen.lock().unwrap().push(piece);
        });
        let mut seen = seen.into_inner().unwrap();
        seen.sort_by_key(|piece| piece.index);
        let indices = seen.iter().map(|piece| piece.index);
        assert!(indices.eq(0..seen[0].of), "{seen:?}");
        if round % 50 == 0 {
            std::thread::sleep(Duration::from_millis(3));
        }
    }
    let covered = AtomicUsize::new(0);
    crew.share(Worth::Sharing, &|piece| {
        covered.fetch_add(piece.share_of(1001).len(), Ordering::Relaxed);
    });
    assert_eq!(covered.into_inner(), 1001);
}

#[test]
#[should_panic(expected = "a piece of the work panicked")]
fn a_panic_of_a_helper_reaches_the_caller() {
    Crew::new(2).share(Worth::Sharing, &|piece| {
        assert!(piece.index != 3, "on purpose");
    });
}
