//! Les modèles de lettres : ceux du programme, et ceux qu'un profil met à leur place.

use std::collections::BTreeMap;

use typst::syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};

/// Le cadre commun : page, en-tête, encarts. Se surcharge comme un modèle.
pub const CADRE: &str = "cadre";
/// Le cadre des imprimés : titre, tableaux, pied de page. Se surcharge comme un modèle.
pub const IMPRIME: &str = "imprime";

#[rustfmt::skip]
const INTEGRES: [(&str, &str); 21] = [
    (CADRE,                       include_str!("../modeles/cadre/v1.typ")),
    (IMPRIME,                     include_str!("../modeles/imprime/v1.typ")),
    ("accompagnement_maire",      include_str!("../modeles/accompagnement_maire/v1.typ")),
    ("accompagnement_menage",     include_str!("../modeles/accompagnement_menage/v1.typ")),
    ("avis_commission",           include_str!("../modeles/avis_commission/v1.typ")),
    ("chronologie",               include_str!("../modeles/chronologie/v1.typ")),
    ("decision_aide",             include_str!("../modeles/decision_aide/v1.typ")),
    ("decision_cfp",              include_str!("../modeles/decision_cfp/v1.typ")),
    ("demande_complement",        include_str!("../modeles/demande_complement/v1.typ")),
    ("diagnostic",                include_str!("../modeles/diagnostic/v1.typ")),
    ("donnees_menage",            include_str!("../modeles/donnees_menage/v1.typ")),
    ("feuille_de_route",          include_str!("../modeles/feuille_de_route/v1.typ")),
    ("hors_champ_commissaire",    include_str!("../modeles/hors_champ_commissaire/v1.typ")),
    ("ineligibilite_commissaire", include_str!("../modeles/ineligibilite_commissaire/v1.typ")),
    ("information_menage",        include_str!("../modeles/information_menage/v1.typ")),
    ("intervention_bailleur",     include_str!("../modeles/intervention_bailleur/v1.typ")),
    ("intervention_ccas",         include_str!("../modeles/intervention_ccas/v1.typ")),
    ("intervention_locataire",    include_str!("../modeles/intervention_locataire/v1.typ")),
    ("intervention_maire",        include_str!("../modeles/intervention_maire/v1.typ")),
    ("relance",                   include_str!("../modeles/relance/v1.typ")),
    ("sensibilisation_locataire", include_str!("../modeles/sensibilisation_locataire/v1.typ")),
];
const VERSION_INTEGREE: &str = "v1";

/// Les modèles en usage. Chaque nom en a un et un seul.
#[derive(Clone, Debug)]
pub struct Modeles {
    par_nom: BTreeMap<String, Modele>,
}

#[derive(Clone, Debug)]
pub(crate) struct Modele {
    pub(crate) version: String,
    pub(crate) source: Source,
}

/// Un modèle écrit par un territoire. Sa version sert à retrouver le texte qui a été envoyé.
#[derive(Clone, Copy, Debug)]
pub struct Surcharge<'a> {
    pub nom: &'a str,
    pub version: &'a str,
    pub source: &'a str,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModeleRefuse {
    #[error(
        "Aucune lettre ne s'appelle « {nom} » : ce modèle ne servirait jamais. Donnez-lui l'un de ces noms : {connus}."
    )]
    NomInconnu { nom: String, connus: String },

    #[error(
        "Le modèle « {nom} » se dit en version « {version} ». Ce nom est vide, déjà pris, ou contient autre chose que des lettres, des chiffres, « - » et « . ». Donnez-lui une version à lui, par exemple « 62-v1 »."
    )]
    VersionInvalide { nom: String, version: String },

    #[error(
        "Le profil donne deux fois le modèle « {nom} » : on ne saurait pas lequel employer. Gardez-en un."
    )]
    DonneDeuxFois { nom: String },

    #[error(
        "Le modèle « {nom} » ({version}) ne se lit pas, ligne {ligne}, colonne {colonne} : {detail}. Corrigez cette ligne ; le modèle du programme ne le remplace pas."
    )]
    Illisible { nom: String, version: String, ligne: usize, colonne: usize, detail: String },
}

impl Modeles {
    pub fn integres() -> Self {
        let par_nom = INTEGRES
            .into_iter()
            .map(|(nom, texte)| {
                let source = Source::new(fichier(nom), texte.to_owned());
                (nom.to_owned(), Modele { version: VERSION_INTEGREE.to_owned(), source })
            })
            .collect();
        Self { par_nom }
    }

    /// Les modèles du programme, où ceux du profil prennent la place des leurs.
    ///
    /// # Erreurs
    ///
    /// Tous les défauts à la fois : noms inconnus, versions déjà prises, textes illisibles.
    /// Un modèle lisible peut encore échouer à la composition : composez ses
    /// [`exemples`](crate::exemples) avant de le mettre en service.
    pub fn avec_surcharges(profil: &[Surcharge<'_>]) -> Result<Self, Vec<ModeleRefuse>> {
        let mut modeles = Self::integres();
        let mut defauts = vec![];
        for (rang, surcharge) in profil.iter().enumerate() {
            if profil[..rang].iter().any(|precedente| precedente.nom == surcharge.nom) {
                defauts.push(ModeleRefuse::DonneDeuxFois { nom: surcharge.nom.to_owned() });
                continue;
            }
            match modeles.accepter(surcharge) {
                Ok(modele) => {
                    modeles.par_nom.insert(surcharge.nom.to_owned(), modele);
                }
                Err(defaut) => defauts.push(defaut),
            }
        }
        if defauts.is_empty() { Ok(modeles) } else { Err(defauts) }
    }

    /// La version en usage d'un modèle.
    pub fn version(&self, nom: &str) -> Option<&str> {
        self.par_nom.get(nom).map(|modele| modele.version.as_str())
    }

    pub fn noms(&self) -> impl Iterator<Item = &str> {
        self.par_nom.keys().map(String::as_str)
    }

    fn accepter(&self, surcharge: &Surcharge<'_>) -> Result<Modele, ModeleRefuse> {
        let Surcharge { nom, version, source } = *surcharge;
        if !self.par_nom.contains_key(nom) {
            let connus = self.noms().collect::<Vec<_>>().join(", ");
            return Err(ModeleRefuse::NomInconnu { nom: nom.to_owned(), connus });
        }
        let est_nommable = !version.is_empty()
            && version.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
        if !est_nommable || version == VERSION_INTEGREE {
            let (nom, version) = (nom.to_owned(), version.to_owned());
            return Err(ModeleRefuse::VersionInvalide { nom, version });
        }
        let source = Source::new(fichier(nom), source.to_owned());
        let (erreurs, _) = source.root().errors_and_warnings();
        if let Some(erreur) = erreurs.first() {
            let (ligne, colonne) = position(&source, erreur.span);
            let (nom, version) = (nom.to_owned(), version.to_owned());
            let detail = erreur.message.to_string();
            return Err(ModeleRefuse::Illisible { nom, version, ligne, colonne, detail });
        }
        Ok(Modele { version: version.to_owned(), source })
    }

    pub(crate) fn sources(&self) -> impl Iterator<Item = &Source> {
        self.par_nom.values().map(|modele| &modele.source)
    }

    /// Le modèle dont le fichier porte cet identifiant.
    pub(crate) fn de(&self, fichier: FileId) -> Option<(&str, &Modele)> {
        self.par_nom
            .iter()
            .find(|(_, modele)| modele.source.id() == fichier)
            .map(|(nom, modele)| (nom.as_str(), modele))
    }
}

/// Chemin sous lequel un modèle se laisse importer. Rien n'existe sur le disque.
pub(crate) fn chemin(nom: &str) -> String {
    format!("/modeles/{nom}.typ")
}

fn fichier(nom: &str) -> FileId {
    identifiant(&chemin(nom))
}

/// L'identifiant d'un fichier imaginaire. Un chemin invalide désigne la racine, qui n'existe pas.
pub(crate) fn identifiant(chemin: &str) -> FileId {
    let chemin = VirtualPath::new(chemin).or_else(|_| VirtualPath::new("/"));
    match chemin {
        Ok(chemin) => RootedPath::new(VirtualRoot::Project, chemin).intern(),
        Err(_) => unreachable!("« / » est un chemin"),
    }
}

/// Ligne et colonne d'une erreur, comptées à partir de 1.
pub(crate) fn position(source: &Source, span: DiagSpan) -> (usize, usize) {
    let octets = match span.get() {
        DiagSpanKind::Detached => None,
        DiagSpanKind::Number { num, sub_range, .. } => source.range(num, sub_range),
        DiagSpanKind::Range { range, .. } => Some(range),
    };
    octets
        .and_then(|octets| source.lines().byte_to_line_column(octets.start))
        .map_or((1, 1), |(ligne, colonne)| (ligne + 1, colonne + 1))
}
