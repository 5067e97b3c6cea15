//! Ce que l'adresse d'une liste demande : filtres à plusieurs valeurs, ordre, colonnes, page.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use ccapex::partenaires::agent::Agent;
use jiff::ToSpan as _;
use jiff::civil::Date;
use usages::dossiers::colonnes::Colonne;
use usages::echeances::tout;
use usages::formes::{Curseur, Etendue, File, Filtre, Sens, Tri};

use crate::acces::formulaire::lire_les_champs;
use crate::urls;

pub(crate) const CHEMIN: &str = "/dossiers";

#[rustfmt::skip]
pub(super) const FILES: [(&str, &str, File); 6] = [
    ("a_completer", "À compléter", File::ACompleter),
    ("a_orienter", "À orienter", File::AOrienter),
    ("a_confirmer", "Rapprochement à confirmer", File::AConfirmer),
    ("courriers", "Courrier à envoyer", File::Courriers),
    ("a_examiner", "À examiner", File::AExaminer),
    ("sans_etape", "Sans prochaine étape", File::SansEtape),
];

/// Des dates relatives : la même adresse, un autre jour, montre les échéances de ce jour-là.
#[rustfmt::skip]
pub(super) const ECHEANCES: [(&str, &str); 5] = [
    ("retard", "En retard"), ("jour", "Aujourd'hui"), ("semaine", "Cette semaine"),
    ("7j", "Dans les 7 jours"), ("30j", "Dans les 30 jours"),
];

const TRIS: [(&str, Tri); 6] = [
    ("avant_le", Tri::Echeance),
    ("maj", Tri::MiseAJour),
    ("reference", Tri::Reference),
    ("menage", Tri::Nom),
    ("commune", Tri::Commune),
    ("dette", Tri::Dette),
];

/// Les lignes d'une page, au choix.
pub(super) const PAR_PAGE: [i64; 3] = [25, 50, 100];
const PAR_PAGE_D_ORDINAIRE: i64 = 50;

/// Les paramètres qu'une liste comprend, dans l'ordre où ses adresses les écrivent.
const CONNUS: [&str; 16] = [
    "q",
    "file",
    "liste",
    "echeance",
    "stade",
    "service",
    "sous_commission",
    "statut",
    "commune",
    "etendue",
    "dossier",
    "colonne",
    "tri",
    "sens",
    "par",
    "apres",
];

/// Ceux qui disent comment montrer, non quoi.
const PRESENTATION: [&str; 4] = ["colonne", "tri", "sens", "par"];

/// Ce que l'adresse demande. Un paramètre inconnu ou vide ne compte pas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Demande {
    parametres: Vec<(&'static str, String)>,
}

impl<S: Send + Sync> FromRequestParts<S> for Demande {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::lire(parts.uri.query().unwrap_or_default()))
    }
}

impl Demande {
    /// Les paramètres d'une adresse, sans le « ? ».
    pub(crate) fn lire(requete: &str) -> Self {
        Self::des_champs(lire_les_champs(requete.as_bytes()).into_iter())
    }

    /// Les paramètres parmi ces champs, rangés, sans répétition.
    pub(crate) fn des_champs(champs: impl Iterator<Item = (String, String)>) -> Self {
        let mut parametres: Vec<(usize, String)> = champs
            .filter_map(|(nom, valeur)| {
                let place = CONNUS.iter().position(|connu| *connu == nom)?;
                let valeur = valeur.trim();
                let valeur = if nom == "commune" { code_de(valeur) } else { valeur.to_owned() };
                (!valeur.is_empty()).then_some((place, valeur))
            })
            .collect();
        // Rangés par paramètre ; l'ordre des valeurs reste celui de la personne.
        parametres.sort_by_key(|(place, _)| *place);
        let mut uniques: Vec<(&'static str, String)> = Vec::with_capacity(parametres.len());
        for (place, valeur) in parametres {
            let parametre = (CONNUS[place], valeur);
            if !uniques.contains(&parametre) {
                uniques.push(parametre);
            }
        }
        Self { parametres: uniques }
    }

    /// La première valeur d'un paramètre ; vide s'il n'est pas demandé.
    pub(crate) fn un(&self, nom: &str) -> &str {
        let premier = self.parametres.iter().find(|(n, _)| *n == nom);
        premier.map_or("", |(_, valeur)| valeur.as_str())
    }

    /// Les valeurs d'un paramètre.
    pub(crate) fn tous<'a>(&'a self, nom: &'a str) -> impl Iterator<Item = &'a str> {
        self.parametres.iter().filter(move |(n, _)| *n == nom).map(|(_, valeur)| valeur.as_str())
    }

    /// Tous les paramètres.
    pub(crate) fn parametres(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.parametres.iter().map(|(nom, valeur)| (*nom, valeur.as_str()))
    }

    /// Rien n'est demandé.
    pub(super) fn est_vide(&self) -> bool {
        self.parametres.is_empty()
    }

    /// Ce qui restreint la liste : ni l'ordre, ni les colonnes, ni la page.
    pub(super) fn filtre_quelque_chose(&self) -> bool {
        let neutres = ["tri", "sens", "par", "apres", "colonne"];
        self.parametres()
            .any(|(nom, valeur)| !neutres.contains(&nom) && (nom, valeur) != ("etendue", "ouverts"))
    }

    /// Sans la page ni la sélection : ce qui se garde, et ce qu'un formulaire redit.
    pub(crate) fn durable(&self) -> Self {
        self.sans(&["apres", "dossier"])
    }

    pub(super) fn sans(&self, noms: &[&str]) -> Self {
        let gardes = self.parametres.iter().filter(|(nom, _)| !noms.contains(nom));
        Self { parametres: gardes.cloned().collect() }
    }

    /// Tous les dossiers ouverts, montrés de la même façon.
    pub(super) fn sans_filtre(&self) -> Self {
        let gardes = self.parametres.iter().filter(|(nom, _)| PRESENTATION.contains(nom));
        Self { parametres: gardes.cloned().collect() }.avec(&[("etendue", "ouverts")])
    }

    /// Sans cette valeur d'un paramètre. Changer de filtre ramène au début.
    pub(super) fn sans_la_valeur(&self, nom: &str, valeur: &str) -> Self {
        let mut reste = self.sans(&["apres"]);
        reste.parametres.retain(|(n, v)| *n != nom || v != valeur);
        reste
    }

    /// Avec ces valeurs, à la place de celles d'avant.
    pub(super) fn avec(&self, valeurs: &[(&'static str, &str)]) -> Self {
        let noms: Vec<&str> = valeurs.iter().map(|(nom, _)| *nom).chain(["apres"]).collect();
        let garde = self.sans(&noms).parametres.into_iter().map(|(n, v)| (n.to_owned(), v));
        let ajoute = valeurs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        Self::des_champs(garde.chain(ajoute))
    }

    /// L'adresse de cette liste, ou de son export.
    pub(crate) fn adresse(&self, chemin: &str) -> String {
        urls::avec(chemin, &self.parametres().collect::<Vec<_>>())
    }

    /// Ce qu'une adresse écrit après son « ? ».
    pub(crate) fn ecrite(&self) -> String {
        self.adresse("").trim_start_matches('?').to_owned()
    }

    pub(super) fn tri(&self) -> Tri {
        TRIS.iter().find(|(code, _)| *code == self.un("tri")).map_or(Tri::Echeance, |(_, tri)| *tri)
    }

    pub(super) fn sens(&self) -> Sens {
        if self.un("sens") == "inverse" { Sens::Inverse } else { Sens::Naturel }
    }

    /// La même liste, rangée par cette colonne ; dans l'autre sens si elle l'est déjà.
    pub(super) fn rangee_par(&self, tri: Tri) -> Self {
        let code = TRIS.iter().find(|(_, t)| *t == tri).map_or("", |(code, _)| *code);
        let inverse = self.tri() == tri && self.sens() == Sens::Naturel;
        self.avec(&[("tri", code), ("sens", if inverse { "inverse" } else { "" })])
    }

    pub(super) fn par_page(&self) -> i64 {
        let demande: i64 = self.un("par").parse().unwrap_or_default();
        PAR_PAGE.into_iter().find(|n| *n == demande).unwrap_or(PAR_PAGE_D_ORDINAIRE)
    }

    pub(crate) fn colonnes(&self, agent: &Agent) -> Vec<Colonne> {
        Colonne::choisies(self.tous("colonne"), agent)
    }

    /// Ce qu'on cherche, pour la page comme pour l'export.
    pub(crate) fn filtre(&self, aujourd_hui: Date) -> Filtre {
        let choisi = |nom: &str| Some(self.un(nom).to_owned()).filter(|t| !t.is_empty());
        let choisis =
            |nom: &'static str| -> Vec<String> { self.tous(nom).map(str::to_owned).collect() };
        let (echeance_apres, echeance_avant) = fenetre(self.un("echeance"), aujourd_hui);
        Filtre {
            etendue: match self.un("etendue") {
                "clos" => Etendue::Clos,
                "tous" => Etendue::Tous,
                _ => Etendue::Ouverts,
            },
            file: FILES.iter().find(|(code, ..)| *code == self.un("file")).map(|(_, _, f)| *f),
            sous_commission: choisis("sous_commission"),
            service: choisis("service"),
            statut: choisis("statut"),
            stade: choisis("stade"),
            commune: choisis("commune"),
            references: choisis("dossier"),
            liste: choisi("liste"),
            texte: choisi("q"),
            echeance_apres,
            echeance_avant,
            sens: self.sens(),
            apres: Curseur::de_code(self.un("apres")),
            limite: self.par_page(),
            ..tout(self.tri())
        }
    }
}

/// Les bords d'une fenêtre de dates : depuis ce jour compris, jusqu'à celui-là non compris.
fn fenetre(code: &str, aujourd_hui: Date) -> (Option<Date>, Option<Date>) {
    let dans = |jours: i64| Some(aujourd_hui.saturating_add(jours.days()));
    // De lundi à dimanche : la semaine est celle du calendrier, ses jours passés compris.
    let lundi = -i64::from(aujourd_hui.weekday().to_monday_zero_offset());
    match code {
        "retard" => (None, dans(0)),
        "jour" => (dans(0), dans(1)),
        "semaine" => (dans(lundi), dans(lundi + 7)),
        "7j" => (dans(0), dans(8)),
        "30j" => (dans(0), dans(31)),
        _ => (None, None),
    }
}

/// Le code d'une commune, dit par son code ou par son nom ; le texte lui-même s'il n'en désigne aucune.
fn code_de(saisi: &str) -> String {
    if territoire::commune(saisi).is_some() {
        return saisi.to_owned();
    }
    let trouvee = territoire::recherche::trouver(saisi, None, None);
    trouvee.commune().map_or_else(|| saisi.to_owned(), |c| c.code.to_owned())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn une_adresse_garde_chaque_valeur_et_se_relit_a_l_identique() {
        let adresse =
            "stade=b&stade=a&service=caf&q=Lef%C3%A8vre&stade=b&inconnu=1&tri=menage&vide=&file=";
        let demande = Demande::lire(adresse);
        assert_eq!(
            demande.adresse(CHEMIN),
            "/dossiers?q=Lef%C3%A8vre&stade=b&stade=a&service=caf&tri=menage"
        );
        assert_eq!(Demande::lire(&demande.ecrite()), demande);
        assert_eq!(
            demande.sans_la_valeur("stade", "b").ecrite(),
            "q=Lef%C3%A8vre&stade=a&service=caf&tri=menage"
        );
        assert!(demande.filtre_quelque_chose());
        assert!(!Demande::lire("tri=maj&colonne=dette&etendue=ouverts").filtre_quelque_chose());
    }

    #[test]
    fn une_colonne_range_puis_range_dans_l_autre_sens() {
        let naturel = Demande::lire("apres=e2026-01-01_3").rangee_par(Tri::Nom);
        assert_eq!(naturel.ecrite(), "tri=menage");
        let inverse = naturel.rangee_par(Tri::Nom);
        assert_eq!(inverse.ecrite(), "tri=menage&sens=inverse");
        assert_eq!(inverse.rangee_par(Tri::Nom).ecrite(), "tri=menage");
        assert_eq!(inverse.rangee_par(Tri::Dette).ecrite(), "tri=dette");
    }

    #[test]
    fn une_date_relative_se_lit_au_jour_du_serveur() {
        // Le 18 novembre 2026 est un mercredi.
        let jour = date(2026, 11, 18);
        let n = |j| Some(date(2026, 11, j));
        for (code, attendue) in [
            ("retard", (None, n(18))),
            ("jour", (n(18), n(19))),
            ("semaine", (n(16), n(23))),
            ("7j", (n(18), n(26))),
            ("", (None, None)),
            ("demain", (None, None)),
        ] {
            let filtre = Demande::lire(&format!("echeance={code}")).filtre(jour);
            assert_eq!((filtre.echeance_apres, filtre.echeance_avant), attendue, "{code}");
        }
    }

    #[test]
    fn une_commune_se_dit_par_son_nom_ou_son_code() {
        for saisi in ["62498", "Lens", "LENS"] {
            assert_eq!(
                Demande::lire(&format!("commune={saisi}")).un("commune"),
                "62498",
                "{saisi}"
            );
        }
        assert_eq!(Demande::lire("commune=nulle-part").un("commune"), "nulle-part");
    }

    #[test]
    fn une_page_a_vingt_cinq_cinquante_ou_cent_lignes() {
        for (demande, attendu) in
            [("", 50), ("par=25", 25), ("par=100", 100), ("par=1000000", 50), ("par=x", 50)]
        {
            assert_eq!(Demande::lire(demande).par_page(), attendu, "{demande}");
        }
    }
}
