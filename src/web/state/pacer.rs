//! Newest wins: at most one question is on its way, at most one waits behind it.

/// Keeps questions from queueing up behind a hand that moves faster than answers come.
#[derive(Debug, Clone)]
pub struct Pacer<T> {
    last: u32,
    /// Answers to questions before this one are of no use any more.
    oldest_useful: u32,
    on_its_way: Option<u32>,
    waiting: Option<T>,
}

/// What to do with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard<T> {
    /// Whether to show it.
    pub is_useful: bool,
    /// What to ask next, with its number.
    pub next: Option<(u32, T)>,
}

impl<T> Default for Pacer<T> {
    fn default() -> Pacer<T> {
        Pacer { last: 0, oldest_useful: 0, on_its_way: None, waiting: None }
    }
}

impl<T> Pacer<T> {
    /// Takes a question: gives it back with a number when it is to be asked now; else it waits,
    /// in place of whatever waited before.
    pub fn ask(&mut self, question: T) -> Option<(u32, T)> {
        if self.on_its_way.is_some() {
            self.waiting = Some(question);
            return None;
        }
        Some(self.send(question))
    }

    /// Takes note that the answer with this number came.
    pub fn heard(&mut self, number: u32) -> Heard<T> {
        if self.on_its_way != Some(number) {
            return Heard { is_useful: false, next: None };
        }
        self.on_its_way = None;
        let next = self.waiting.take().map(|question| self.send(question));
        Heard { is_useful: number >= self.oldest_useful, next }
    }

    /// From now on only answers to later questions are of use: other data, another view.
    pub fn forget(&mut self) {
        self.oldest_useful = self.last + 1;
        self.waiting = None;
    }

    /// Nothing that was asked will be answered: whoever answers is gone.
    pub fn lose(&mut self) {
        self.on_its_way = None;
        self.waiting = None;
    }

    /// Whether an answer is still to come.
    pub fn is_busy(&self) -> bool {
        self.on_its_way.is_some()
    }

    fn send(&mut self, question: T) -> (u32, T) {
        self.last += 1;
        self.on_its_way = Some(self.last);
        (self.last, question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_hundred_questions_during_one_answer_only_the_newest_is_asked() {
        let mut pacer = Pacer::default();
        let (number, first) = pacer.ask(0).unwrap();
        assert_eq!(first, 0);
        for question in 1..=100 {
            assert_eq!(pacer.ask(question), None);
        }
        let heard = pacer.heard(number);
        assert!(heard.is_useful);
        let (number, next) = heard.next.unwrap();
        assert_eq!(next, 100);
        assert_eq!(pacer.heard(number).next, None);
        assert!(!pacer.is_busy());
    }

    #[test]
    fn answers_from_before_a_change_of_data_are_dropped() {
        let mut pacer = Pacer::default();
        let (old, _) = pacer.ask("old").unwrap();
        pacer.ask("older data");
        pacer.forget();
        assert_eq!(pacer.ask("new"), None);
        let heard = pacer.heard(old);
        assert!(!heard.is_useful);
        let (new, question) = heard.next.unwrap();
        assert_eq!(question, "new");
        assert!(pacer.heard(new).is_useful);
    }

    #[test]
    fn an_answer_that_nobody_waits_for_changes_nothing() {
        let mut pacer = Pacer::default();
        let (number, ()) = pacer.ask(()).unwrap();
        assert!(!pacer.heard(number + 1).is_useful);
        assert!(pacer.is_busy());
        pacer.lose();
        assert!(!pacer.heard(number).is_useful);
        assert!(pacer.ask(()).is_some());
    }
}
