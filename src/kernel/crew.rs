//! A crew: threads that wait for short pieces of work.
//!
//! Work is split by what it writes, never by what it adds up, so that the
//! result does not depend on how many hands there are. A training step has
//! a dozen pieces of a few microseconds each: too short to start a thread
//! for. So the crew spins for a moment when it has nothing to do, and
//! sleeps when there is nothing for longer.
#![expect(
    unsafe_code,
    reason = "work that borrows is lent to threads that outlive it; \
              `share` returns only when all have given it back"
)]

use std::hint::spin_loop;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicPtr;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;
use std::thread::JoinHandle;

/// Pieces per thread: whoever is done early takes over from the others.
const PIECES: u64 = 2;

/// How often an idle hand looks for work before it sleeps: some two
/// hundred microseconds, longer than what a step does alone. To wake it
/// would take as long as many a work.
const PATIENCE: u32 = 6000;

/// One piece of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Which one, from 0.
    pub index: usize,
    /// How many there are.
    pub of: usize,
}

impl Piece {
    /// All of it.
    pub const WHOLE: Piece = Piece { index: 0, of: 1 };

    /// This piece's share of so many things.
    pub fn share_of(&self, things: usize) -> Range<usize> {
        let at = |index| things * index / self.of;
        at(self.index)..at(self.index + 1)
    }

    /// For work that goes from one end to the other with large notes of
    /// its own: one piece for each thread, and nothing for other pieces.
    pub fn for_thread(self) -> Option<Piece> {
        let each = PIECES as usize;
        match self.of {
            1 => Some(self),
            of if self.index.is_multiple_of(each) => {
                Some(Piece { index: self.index / each, of: of / each })
            }
            _ => None,
        }
    }
}

/// Work that can be done piece by piece, in any order.
type Work<'a> = &'a (dyn Fn(Piece) + Sync);

/// Threads that wait for work; the calling thread is one of them.
#[derive(Debug, Default)]
pub struct Crew {
    /// The helpers; started when there is work for the first time.
    helpers: Vec<JoinHandle<()>>,
    board: Option<Arc<Board>>,
    threads: usize,
}

/// What all threads see.
#[derive(Debug, Default)]
struct Board {
    /// The number of the present work, so that helpers notice a new one.
    number: AtomicU64,
    /// For each thread its own pieces: the number of the work in the upper
    /// half, the pieces that nobody has taken yet in the lower half.
    tickets: Vec<Ticket>,
    /// Where the present work is; valid while a taken piece is not done.
    work: AtomicPtr<Work<'static>>,
    done: AtomicUsize,
    failed: AtomicBool,
    asleep: AtomicUsize,
    closed: AtomicBool,
}

/// A cache line of its own.
#[derive(Debug, Default)]
#[repr(align(128))]
struct Ticket(AtomicU64);

impl Crew {
    /// A crew of so many threads, the calling one included.
    pub fn new(threads: usize) -> Crew {
        let (helpers, board) = (Vec::new(), None);
        Crew { helpers, board, threads }
    }

    /// How many threads there are.
    pub fn threads(&self) -> usize {
        self.threads.max(1)
    }

    /// Into how many pieces [`share`](Self::share) cuts a work.
    pub fn pieces(&self, worth: Worth) -> usize {
        match worth {
            Worth::Alone => 1,
            Worth::Sharing if self.threads < 2 => 1,
            Worth::Sharing => self.threads * PIECES as usize,
        }
    }

    /// How many of them are [for threads](Piece::for_thread).
    pub fn hands(&self, worth: Worth) -> usize {
        self.pieces(worth).div_ceil(PIECES as usize)
    }

    /// Does all pieces of the work, each once, and returns when all are
    /// done. `worth` says whether it is worth waking others for.
    ///
    /// # Panics
    ///
    /// When a piece panicked.
    pub fn share(&mut self, worth: Worth, work: Work) {
        if self.threads < 2 || worth == Worth::Alone {
            return work(Piece::WHOLE);
        }
        if self.board.is_none() {
            self.hire();
        }
        if let Some(board) = &self.board {
            board.announce(&work, &self.helpers);
            board.take_part(0);
            board.wait();
        }
    }

    /// Starts the helpers; where the system has no threads to give, the
    /// calling thread does all the pieces.
    fn hire(&mut self) {
        let tickets = (0..self.threads).map(|_| Ticket::default());
        let tickets = tickets.collect();
        let board = Arc::new(Board { tickets, ..Board::default() });
        for place in 1..self.threads {
            let board = Arc::clone(&board);
            let name = format!("helper {place}");
            let helper = thread::Builder::new().name(name);
            if let Ok(helper) = helper.spawn(move || board.help(place)) {
                self.helpers.push(helper);
            }
        }
        self.board = Some(board);
    }
}

/// Whether a piece of work is worth waking others for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// So small that one thread is faster.
    Alone,
    /// Large enough to share.
    Sharing,
}

impl Worth {
    /// For so many operations, a multiply-add of one lane each.
    pub fn of(operations: usize) -> Worth {
        // Sharing costs about a microsecond.
        if operations < 100_000 { Worth::Alone } else { Worth::Sharing }
    }
}

impl Clone for Crew {
    /// As many threads, but others.
    fn clone(&self) -> Crew {
        Crew::new(self.threads)
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        if let Some(board) = &self.board {
            board.closed.store(true, Ordering::SeqCst);
        }
        for helper in self.helpers.drain(..) {
            helper.thread().unpark();
            // A helper cannot panic: the pieces' panics are caught.
            drop(helper.join());
        }
    }
}

impl Board {
    fn pieces(&self) -> usize {
        self.tickets.len() * PIECES as usize
    }

    /// `work` must stay where it is until `wait` has returned.
    fn announce(&self, work: &Work, helpers: &[JoinHandle<()>]) {
        let number = self.number.load(Ordering::Relaxed) + 1;
        let place: *const Work = work;
        self.work.store(place.cast_mut().cast(), Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        for ticket in &self.tickets {
            ticket.0.store(number << 32 | PIECES, Ordering::Release);
        }
        self.number.store(number, Ordering::SeqCst);
        if self.asleep.load(Ordering::SeqCst) > 0 {
            for helper in helpers {
                helper.thread().unpark();
            }
        }
    }

    /// Takes pieces until there are none: first one's own, so that the
    /// same data meet the same processor in every step, then the others'.
    fn take_part(&self, place: usize) {
        let threads = self.tickets.len();
        for other in 0..threads {
            let owner = (place + other) % threads;
            while let Some(piece) = self.take(owner) {
                // SAFETY: a piece was taken, and `wait` does not return
                // before it is done; so the work is still there.
                let work = unsafe { *self.work.load(Ordering::Relaxed) };
                self.perform(work, piece);
            }
        }
    }

    fn take(&self, owner: usize) -> Option<Piece> {
        let ticket = &self.tickets[owner].0;
        let left = ticket.fetch_update(
            Ordering::AcqRel,
            Ordering::Relaxed,
            |ticket| (ticket as u32 > 0).then(|| ticket - 1),
        );
        let left = left.ok()? as u32 as usize;
        let index = owner * PIECES as usize + left - 1;
        Some(Piece { index, of: self.pieces() })
    }

    fn perform(&self, work: Work, piece: Piece) {
        let run = std::panic::AssertUnwindSafe(|| work(piece));
        if std::panic::catch_unwind(run).is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        self.done.fetch_add(1, Ordering::Release);
    }

    fn wait(&self) {
        let mut looks = 0;
        while self.done.load(Ordering::Acquire) < self.pieces() {
            looks += 1;
            if looks > PATIENCE {
                thread::yield_now();
            } else {
                spin_loop();
            }
        }
        let failed = self.failed.swap(false, Ordering::Relaxed);
        assert!(!failed, "a piece of the work panicked");
    }

    /// A helper's life.
    fn help(&self, place: usize) {
        let mut seen = 0;
        let mut looks = 0;
        while !self.closed.load(Ordering::Relaxed) {
            let number = self.number.load(Ordering::Acquire);
            if number != seen {
                (seen, looks) = (number, 0);
                self.take_part(place);
            } else if looks < PATIENCE {
                looks += 1;
                spin_loop();
            } else {
                self.sleep(seen);
            }
        }
    }

    fn sleep(&self, seen: u64) {
        self.asleep.fetch_add(1, Ordering::SeqCst);
        let same = self.number.load(Ordering::SeqCst) == seen;
        if same && !self.closed.load(Ordering::SeqCst) {
            thread::park();
        }
        self.asleep.fetch_sub(1, Ordering::SeqCst);
    }
}
