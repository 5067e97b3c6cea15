//! Où les ménages habitent : les communes du Pas-de-Calais, à la mesure de leur population.

use territoire::communes_du_departement;

use super::tirage::Tirage;

/// Les communes les plus peuplées, en centaines d'habitants, arrondies : assez juste pour répartir.
const VILLES: [(&str, u64); 60] = [
    ("Calais", 670),
    ("Arras", 420),
    ("Boulogne-sur-Mer", 400),
    ("Lens", 320),
    ("Liévin", 300),
    ("Hénin-Beaumont", 260),
    ("Béthune", 250),
    ("Bruay-la-Buissière", 220),
    ("Carvin", 180),
    ("Avion", 175),
    ("Saint-Omer", 150),
    ("Berck", 130),
    ("Outreau", 130),
    ("Harnes", 123),
    ("Bully-les-Mines", 120),
    ("Nœux-les-Mines", 115),
    ("Méricourt", 113),
    ("Saint-Martin-Boulogne", 110),
    ("Longuenesse", 107),
    ("Étaples", 107),
    ("Courrières", 105),
    ("Marck", 105),
    ("Auchel", 102),
    ("Lillers", 100),
    ("Montigny-en-Gohelle", 100),
    ("Oignies", 98),
    ("Aire-sur-la-Lys", 98),
    ("Arques", 98),
    ("Sallaumines", 96),
    ("Beuvry", 93),
    ("Isbergues", 90),
    ("Le Portel", 89),
    ("Rouvroy", 86),
    ("Wingles", 86),
    ("Vendin-le-Vieil", 86),
    ("Libercourt", 82),
    ("Leforest", 80),
    ("Billy-Montigny", 80),
    ("Mazingarbe", 80),
    ("Achicourt", 77),
    ("Barlin", 76),
    ("Houdain", 70),
    ("Divion", 68),
    ("Grenay", 68),
    ("Loos-en-Gohelle", 66),
    ("Saint-Laurent-Blangy", 66),
    ("Fouquières-lès-Lens", 63),
    ("Sains-en-Gohelle", 60),
    ("Dainville", 57),
    ("Coulogne", 56),
    ("Guînes", 56),
    ("Marles-les-Mines", 54),
    ("Calonne-Ricouart", 53),
    ("Blendecques", 50),
    ("Douvrin", 50),
    ("Saint-Pol-sur-Ternoise", 49),
    ("Wimereux", 65),
    ("Desvres", 48),
    ("Bapaume", 42),
    ("Montreuil-sur-Mer", 19),
];

/// Les autres communes, une à une, en centaines d'habitants.
const VILLAGE: u64 = 7;

/// Une commune où l'on peut habiter.
#[derive(Clone, Debug)]
pub(crate) struct Lieu {
    pub(crate) nom: &'static str,
    pub(crate) code_postal: &'static str,
    /// Le rang de la commune, qui décide de ses rues.
    pub(crate) rang: u64,
    pub(crate) population: u64,
    /// La population de cette commune et de toutes celles d'avant.
    cumul: u64,
}

/// Les communes du département, prêtes à être tirées.
#[derive(Debug)]
pub(crate) struct Communes(Vec<Lieu>);

impl Communes {
    pub(crate) fn du_pas_de_calais() -> Self {
        let mut cumul = 0;
        let lieux = (0..).zip(communes_du_departement("62")).filter_map(|(rang, commune)| {
            let code_postal = commune.codes_postaux.first()?;
            let population =
                VILLES.iter().find(|(nom, _)| *nom == commune.nom).map_or(VILLAGE, |(_, n)| *n);
            cumul += population;
            Some(Lieu { nom: commune.nom, code_postal, rang, population, cumul })
        });
        Self(lieux.collect())
    }

    /// Une commune, d'autant plus souvent qu'elle est peuplée.
    pub(crate) fn tire(&self, tirage: &mut Tirage) -> Option<&Lieu> {
        let point = tirage.sous(self.0.last()?.cumul);
        self.0.get(self.0.partition_point(|lieu| lieu.cumul <= point))
    }
}

#[cfg(test)]
mod tests {
    use super::{VILLES, communes_du_departement};

    #[test]
    fn chaque_ville_nommee_est_une_commune_du_departement() {
        for (ville, _) in VILLES {
            let connue = communes_du_departement("62").any(|commune| commune.nom == ville);
            assert!(connue, "{ville}");
        }
    }
}
