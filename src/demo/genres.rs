//! What the house puts on: one genre a line of the programme, with prices, habits and titles.

/// Where a genre's titles come from: known works first, then made-up ones, first and second part
/// put together.
#[derive(Debug)]
pub(super) struct Titles {
    pub(super) known: &'static [&'static str],
    pub(super) first: &'static [&'static str],
    pub(super) second: &'static [&'static str],
}

impl Titles {
    /// Title number `at`; they repeat only after all pairs are used up.
    pub(super) fn get(&self, at: usize) -> String {
        if let Some(known) = self.known.get(at) {
            return (*known).to_owned();
        }
        let pair = at - self.known.len();
        let round = pair / self.first.len();
        let at = pair % self.first.len();
        format!("{}{}", self.first[at], self.second[(at + round) % self.second.len()])
    }
}

/// A kind of event.
#[derive(Debug)]
pub(super) struct Genre {
    /// First its own, then what else it counts as.
    pub(super) categories: &'static [&'static str],
    /// Who puts it on; the first as often as all others together.
    pub(super) promoters: &'static [&'static str],
    /// How many of a hundred productions are of this kind.
    pub(super) share: u32,
    /// Fewest and most performances of a production.
    pub(super) performances: (i32, i32),
    /// Full price in kronor: lowest and highest of a production.
    pub(super) price: (i32, i32),
    /// How much people want it, in comparison.
    pub(super) pull: u32,
    /// Minutes after midnight it can begin, and on which days of the week (Monday is bit 0).
    pub(super) starts: &'static [u16],
    pub(super) weekdays: u8,
    /// Where in the house.
    pub(super) halls: &'static [&'static str],
    pub(super) titles: Titles,
}

const OWN: &str = "Lykttornet";
const EVENINGS: u8 = 0b0111_1110;
const WEEKEND: u8 = 0b0111_1000;
const ANY: u8 = 0b0111_1111;

/// Position of the genre that schools come to.
pub(super) const CHILDREN: usize = 6;

/// All genres.
pub(super) const GENRES: [Genre; 11] = [
    Genre {
        categories: &["Teater"],
        promoters: &[OWN, "Teater Fyrskär", "Scenbussen"],
        share: 17,
        performances: (8, 24),
        price: (280, 420),
        pull: 10,
        starts: &[1140, 1140, 1110],
        weekdays: EVENINGS,
        halls: &["Stora scenen", "Lilla scenen"],
        titles: Titles {
            known: &[
                "Fröken Julie",
                "Hamlet",
                "Ett dockhem",
                "Måsen",
                "Tolv edsvurna män",
                "The Winter's Tale",
                "Tartuffe",
                "Körsbärsträdgården",
                "Medea",
                "Ett drömspel",
                "Macbeth",
                "Hedda Gabler",
                "Spöksonaten",
                "Morbror Vanja",
                "Peer Gynt",
                "Den inbillade sjuke",
                "Antigone",
                "Dödsdansen",
                "The Importance of Being Earnest",
                "Kung Lear",
            ],
            first: &[
                "Det blå ",
                "Det sista ",
                "Det långa ",
                "Det tysta ",
                "Det andra ",
                "Det stulna ",
                "Det första ",
            ],
            second: &[
                "rummet",
                "brevet",
                "minnet",
                "huset",
                "samtalet",
                "bröllopet",
                "sommarlovet",
                "tåget",
                "svaret",
                "ljuset",
                "kalaset",
            ],
        },
    },
    Genre {
        categories: &["Dans"],
        promoters: &[OWN, "Rörelseverket", "Nordljus Agentur"],
        share: 9,
        performances: (2, 7),
        price: (240, 390),
        pull: 8,
        starts: &[1140, 1080],
        weekdays: WEEKEND,
        halls: &["Stora scenen", "Verkstan"],
        titles: Titles {
            known: &["Svansjön", "Nötknäpparen", "Giselle", "Coppélia", "The Rite of Spring"],
            first: &["Silent ", "Falling ", "Northern ", "Paper ", "Slow ", "Hollow "],
            second: &["Rivers", "Bodies", "Light", "Gardens", "Machines", "Weather", "Hours"],
        },
    },
    Genre {
        categories: &["Opera"],
        promoters: &[OWN, "Strömmens Opera"],
        share: 6,
        performances: (5, 12),
        price: (420, 720),
        pull: 10,
        starts: &[1140, 960],
        weekdays: WEEKEND,
        halls: &["Stora scenen"],
        titles: Titles {
            known: &[
                "Carmen",
                "Trollflöjten",
                "La traviata",
                "Tosca",
                "Figaros bröllop",
                "La bohème",
                "Rigoletto",
                "Barberaren i Sevilla",
                "Don Giovanni",
                "Madama Butterfly",
                "Eugen Onegin",
                "Così fan tutte",
                "Läderlappen",
                "Kärleksdrycken",
                "Aida",
            ],
            first: &["Operagala: ", "Kammaropera: ", "Opera i konsertform: "],
            second: &["Verdi", "Puccini", "Händel", "Mozart", "Rossini", "Donizetti", "Bizet"],
        },
    },
    Genre {
        categories: &["Musikal"],
        promoters: &["Kvarnbyns Produktion", OWN],
        share: 5,
        performances: (14, 34),
        price: (495, 845),
        pull: 16,
        starts: &[1140, 1140, 840],
        weekdays: EVENINGS,
        halls: &["Stora scenen"],
        titles: Titles {
            known: &[
                "Fabriksflickorna",
                "Spinnerskan",
                "Cotton Street",
                "Sista dansen på Strömmen",
            ],
            first: &["Hela staden ", "Ingen ", "Alla "],
            second: &["sjunger", "dansar", "väntar", "drömmer"],
        },
    },
    Genre {
        categories: &["Konsert", "Klassiskt"],
        promoters: &["Strömmens Symfoniker", OWN, "Kammarmusikens vänner"],
        share: 19,
        performances: (1, 3),
        price: (190, 460),
        pull: 9,
        starts: &[1140, 1170, 960],
        weekdays: ANY,
        halls: &["Konsertsalen"],
        titles: Titles {
            known: &[
                "Mozarts Requiem",
                "Juloratoriet",
                "Messias",
                "De fyra årstiderna",
                "Matteuspassionen",
                "Beethovens nia",
                "En tysk rekviemmässa",
            ],
            first: &[
                "Sibelius: ",
                "Beethoven: ",
                "Brahms: ",
                "Stenhammar: ",
                "Mahler: ",
                "Elfrida Andrée: ",
                "Dvořák: ",
                "Nielsen: ",
                "Clara Schumann: ",
                "Haydn: ",
                "Tjajkovskij: ",
            ],
            second: &[
                "symfoni nr 1",
                "symfoni nr 2",
                "pianokonserten",
                "violinkonserten",
                "symfoni nr 4",
                "kammarmusik",
                "symfoni nr 5",
                "stråkkvartetter",
                "symfoni nr 6",
                "ouvertyrer",
                "sånger",
            ],
        },
    },
    Genre {
        categories: &["Jazz", "Konsert"],
        promoters: &[OWN, "Nordljus Agentur"],
        share: 10,
        performances: (1, 2),
        price: (220, 395),
        pull: 5,
        starts: &[1170, 1200],
        weekdays: 0b0011_1100,
        halls: &["Foajén", "Verkstan"],
        titles: Titles {
            known: &["Christmas Jazz Night", "Late Night Standards"],
            first: &["Ek ", "Holmgren ", "Lindqvist ", "Öster ", "Sandell ", "Mirza ", "Vikström "],
            second: &["Trio", "Quartet", "Big Band", "Kvintett", "Sextet", "Duo"],
        },
    },
    Genre {
        categories: &["Barn & familj", "Teater"],
        promoters: &[OWN, "Barnens Berättarhus", "Scenbussen"],
        share: 11,
        performances: (8, 20),
        price: (110, 190),
        pull: 8,
        starts: &[600, 660, 780, 840],
        weekdays: 0b0111_1110,
        halls: &["Lilla scenen", "Verkstan"],
        titles: Titles {
            known: &["Mästerkatten i stövlar", "Hans och Greta", "Kejsarens nya kläder"],
            first: &[
                "Katten som ",
                "Draken som ",
                "Flickan som ",
                "Grodan som ",
                "Roboten som ",
                "Björnen som ",
                "Månen som ",
            ],
            second: &[
                "kunde flyga",
                "glömde sitt namn",
                "ville bada",
                "åt upp natten",
                "inte kunde sova",
                "hittade hem",
                "räknade stjärnor",
                "lärde sig viska",
            ],
        },
    },
    Genre {
        categories: &["Humor"],
        promoters: &["Skratt & Co", "Nordljus Agentur", OWN],
        share: 10,
        performances: (1, 4),
        price: (345, 525),
        pull: 11,
        starts: &[1140, 1200, 1230],
        weekdays: 0b0111_1000,
        halls: &["Stora scenen", "Konsertsalen", "Foajén"],
        titles: Titles {
            known: &["Stand-up Friday"],
            first: &[
                "Lina Bergfalk: ",
                "Omar Saidi: ",
                "Pelle Grå: ",
                "Jonna Wik: ",
                "Tess Andrén: ",
                "Kalle Rask: ",
                "Mira Dahlöf: ",
                "Ville Torn: ",
            ],
            second: &[
                "Ny show",
                "Live on Stage",
                "Vuxen nog",
                "Sista varningen",
                "Ensam på scen",
                "Works in Progress",
                "Tack för inget",
            ],
        },
    },
    Genre {
        categories: &["Visa & pop", "Konsert"],
        promoters: &["Nordljus Agentur", OWN, "Kvarnbyns Produktion"],
        share: 8,
        performances: (1, 2),
        price: (395, 650),
        pull: 14,
        starts: &[1170, 1200],
        weekdays: 0b0111_1100,
        halls: &["Konsertsalen", "Stora scenen"],
        titles: Titles {
            known: &["Allsång på torget", "Candlelight Christmas", "Julkonsert"],
            first: &[
                "Ellen Strand",
                "Havsbandet",
                "The Paper Lanterns",
                "Nils Åkerö",
                "Vinterfåglar",
                "Saga Lund & vänner",
                "Northbound",
                "Kören Klang",
            ],
            second: &[" akustiskt", " live", " – vårturné", " i kammarformat", " unplugged"],
        },
    },
    Genre {
        categories: &["Lunchkonsert", "Konsert"],
        promoters: &[OWN, "Kammarmusikens vänner"],
        share: 3,
        performances: (1, 4),
        price: (60, 120),
        pull: 3,
        starts: &[735],
        weekdays: 0b0000_1110,
        halls: &["Foajén"],
        titles: Titles {
            known: &["Orgel till lunch"],
            first: &["Musik och soppa: ", "Lunch med "],
            second: &["stråkar", "blås", "piano", "sång", "gitarr"],
        },
    },
    Genre {
        categories: &["Samtal"],
        promoters: &["Bokcafé Lyktan", OWN],
        share: 2,
        performances: (1, 1),
        price: (80, 180),
        pull: 3,
        starts: &[1080, 1110],
        weekdays: 0b0000_1110,
        halls: &["Foajén"],
        titles: Titles {
            known: &[],
            first: &["Författarsamtal: ", "Kvällssamtal: ", "Eftersnack: "],
            second: &["klassiker", "nya röster", "poesi", "deckare", "översättning"],
        },
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_the_genres_make_a_hundred() {
        assert_eq!(GENRES.iter().map(|genre| genre.share).sum::<u32>(), 100);
        assert_eq!(GENRES[CHILDREN].categories[0], "Barn & familj");
    }

    #[test]
    fn made_up_titles_do_not_repeat_before_every_pair_was_used() {
        for genre in &GENRES {
            let titles = &genre.titles;
            let pairs = titles.first.len() * titles.second.len();
            let mut all: Vec<String> =
                (0..titles.known.len() + pairs).map(|at| titles.get(at)).collect();
            all.sort();
            all.dedup();
            assert_eq!(all.len(), titles.known.len() + pairs, "{}", genre.categories[0]);
        }
    }
}
