//! Undo and redo: every change is a step, a gesture as a whole is one.

/// Steps that are kept.
const MOST_STEPS: usize = 500;

/// A value with its past and its future.
#[derive(Debug, Clone, PartialEq)]
pub struct History<T> {
    past: Vec<T>,
    now: T,
    future: Vec<T>,
    /// What the value was when the gesture at hand began.
    before: Option<T>,
}

impl<T: Clone + PartialEq> History<T> {
    /// A value without a past.
    pub fn new(now: T) -> History<T> {
        History { past: Vec::new(), now, future: Vec::new(), before: None }
    }

    /// The value as it stands.
    pub fn now(&self) -> &T {
        &self.now
    }

    /// A change that is a step by itself. A gesture at hand ends before it.
    pub fn change(&mut self, next: T) {
        self.settle();
        self.drag(next);
        self.settle();
    }

    /// A change within a gesture, which begins with the first.
    pub fn drag(&mut self, next: T) {
        let before = std::mem::replace(&mut self.now, next);
        self.before.get_or_insert(before);
    }

    /// Ends the gesture at hand: one step, or none where it came back to where it began.
    pub fn settle(&mut self) {
        let Some(before) = self.before.take() else { return };
        if before == self.now {
            return;
        }
        self.future.clear();
        self.past.push(before);
        if self.past.len() > MOST_STEPS {
            self.past.remove(0);
        }
    }

    /// One step back; false at the beginning. A gesture at hand ends first.
    pub fn undo(&mut self) -> bool {
        self.settle();
        let Some(earlier) = self.past.pop() else { return false };
        self.future.push(std::mem::replace(&mut self.now, earlier));
        true
    }

    /// One step forward; false at the end.
    pub fn redo(&mut self) -> bool {
        self.settle();
        let Some(later) = self.future.pop() else { return false };
        self.past.push(std::mem::replace(&mut self.now, later));
        true
    }

    /// Changes what is no step: the value as it stands, as it was and as it would be again.
    pub fn rewrite(&mut self, change: impl Fn(&mut T)) {
        let all = self.past.iter_mut().chain(&mut self.future).chain(&mut self.before);
        all.chain([&mut self.now]).for_each(change);
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty() || self.before.as_ref().is_some_and(|before| *before != self.now)
    }

    /// Whether there is a step to take again.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_and_redo_go_through_every_change() {
        let mut history = History::new(0);
        for next in 1..=5 {
            history.change(next);
        }
        for earlier in (0..5).rev() {
            assert!(history.undo());
            assert_eq!(*history.now(), earlier);
        }
        assert!(!history.undo());
        for later in 1..=5 {
            assert!(history.redo());
            assert_eq!(*history.now(), later);
        }
        assert!(!history.redo());
    }

    #[test]
    fn a_gesture_is_one_step_however_many_values_it_passes() {
        let mut history = History::new(0);
        for next in 1..=60 {
            history.drag(next);
        }
        history.settle();
        history.change(100);
        assert!(history.undo());
        assert_eq!(*history.now(), 60);
        assert!(history.undo());
        assert_eq!(*history.now(), 0);
        assert!(!history.can_undo());
    }

    #[test]
    fn a_gesture_that_comes_back_is_no_step_and_keeps_the_future() {
        let mut history = History::new(0);
        history.change(1);
        history.undo();
        history.drag(7);
        history.drag(0);
        history.settle();
        assert!(!history.can_undo());
        assert!(history.redo());
        assert_eq!(*history.now(), 1);
    }

    #[test]
    fn undo_in_the_middle_of_a_gesture_takes_the_gesture_back() {
        let mut history = History::new(0);
        history.drag(3);
        assert!(history.can_undo());
        assert!(history.undo());
        assert_eq!(*history.now(), 0);
    }

    #[test]
    fn a_change_after_undo_drops_the_future() {
        let mut history = History::new(0);
        history.change(1);
        history.undo();
        history.change(2);
        assert!(!history.can_redo());
        assert!(history.undo());
        assert_eq!(*history.now(), 0);
    }

    #[test]
    fn what_is_rewritten_is_no_step_and_holds_for_all_of_them() {
        let mut history = History::new((0, 'a'));
        history.change((1, 'a'));
        history.change((2, 'a'));
        history.undo();
        history.rewrite(|value| value.1 = 'b');
        assert_eq!(*history.now(), (1, 'b'));
        assert!(history.redo());
        assert_eq!(*history.now(), (2, 'b'));
        history.undo();
        history.undo();
        assert_eq!(*history.now(), (0, 'b'));
        assert!(!history.can_undo());
    }

    #[test]
    fn the_oldest_steps_go_when_there_are_too_many() {
        let mut history = History::new(0);
        for next in 1..=MOST_STEPS + 10 {
            history.change(next);
        }
        while history.undo() {}
        assert_eq!(*history.now(), 10);
    }
}
