//! Les pages du pied : accessibilité, mentions légales, données personnelles, plan du site.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::Lien;

#[derive(Template)]
#[template(path = "pied.html")]
pub struct PagePied {
    pub cadre: Cadre,
    pub sections: Vec<Paragraphes>,
}

/// Des paragraphes sous un titre.
#[derive(Default)]
pub struct Paragraphes {
    pub titre: String,
    pub paragraphes: Vec<String>,
    pub liens: Vec<Lien>,
}
