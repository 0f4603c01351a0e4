//! How fast a run is, how long it will take, and when a picture is due.

/// Of the time of a run, pictures may take at most one part in this many.
const PICTURES_PART: f64 = 50.0;

/// How much a new measurement of the speed counts.
const FRESH: f64 = 0.3;

/// Measures a run by the seconds its link tells.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    /// When the speed was last measured, and the examples seen till then.
    last: Option<(f64, u64)>,
    /// Examples per second.
    speed: f64,
    /// Not before this time another picture.
    next_picture: f64,
}

impl Clock {
    /// Notes that `examples` have been seen at `now`.
    pub fn note(&mut self, now: f64, examples: u64) {
        if let Some((then, before)) = self.last {
            let (seconds, seen) =
                (now - then, examples.saturating_sub(before));
            if seconds <= 0.0 || seen == 0 {
                return;
            }
            let speed = seen as f64 / seconds;
            self.speed = match self.speed {
                0.0 => speed,
                old => old + FRESH * (speed - old),
            };
        }
        self.last = Some((now, examples));
    }

    /// Begins again after a pause, which must not count as slowness.
    pub fn restart(&mut self, now: f64) {
        if let Some(last) = &mut self.last {
            last.0 = now;
        }
    }

    /// Whether there is time for a picture.
    pub fn wants_picture(&self, now: f64) -> bool {
        now >= self.next_picture
    }

    /// Notes that a picture was made from `start` to `end`.
    pub fn pictured(&mut self, start: f64, end: f64) {
        let cost = (end - start).max(0.0);
        self.next_picture =
            self.next_picture.max(end + (PICTURES_PART - 1.0) * cost);
    }

    /// Examples per second; 0 as long as it is not known.
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// Seconds for so many more examples; 0 as long as it is not known.
    pub fn seconds_for(&self, examples: u64) -> f64 {
        if self.speed > 0.0 { examples as f64 / self.speed } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_is_examples_by_seconds_without_the_pauses() {
        let mut clock = Clock::default();
        clock.note(0.0, 0);
        assert_eq!(clock.seconds_for(100), 0.0);
        clock.note(1.0, 500);
        assert_eq!(clock.speed(), 500.0);
        assert_eq!(clock.seconds_for(1000), 2.0);
        clock.restart(61.0);
        clock.note(62.0, 1000);
        assert_eq!(clock.speed(), 500.0);
        // A clock that stands still divides by nothing.
        clock.note(62.0, 1500);
        assert_eq!(clock.speed(), 500.0);
    }

    #[test]
    fn pictures_take_a_small_share_of_the_time() {
        let mut clock = Clock::default();
        assert!(clock.wants_picture(0.0));
        clock.pictured(0.0, 0.004);
        assert!(!clock.wants_picture(0.19));
        assert!(clock.wants_picture(0.21));
    }
}
