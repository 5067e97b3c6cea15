//! La répartition des ménages entre services sociaux : une table datée de conditions.

use droit::jour::Jour;
use droit::reponse::Reponse;
use droit::source::Source;
use jiff::civil::Date;

use super::champs::{Champs, Racine, enumerer};
use super::defaut::{DefautDeProfil, Defauts};
use super::partenaires::Service;
use super::{Profil, illisible};

/// Le nom sous lequel une table candidate est relue.
const CANDIDATE: &str = "table candidate";

/// Une version de la table. Le jour de la réception la choisit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repartition {
    /// Premier jour, compris.
    pub du: Date,
    /// Dernier jour, compris.
    pub au: Option<Date>,
    /// Les règles, dans l'ordre : la première qui convient l'emporte. La dernière convient toujours.
    pub regles: Vec<Regle>,
    /// Validation par le comité responsable du plan (COREP).
    pub validee_par_le_corep_le: Option<Date>,
    /// Avis de la commission plénière.
    pub avis_de_la_pleniere_le: Option<Date>,
    /// Empruntée ou en attente : elle s'applique, et l'écran le dit.
    pub a_valider: bool,
    /// Le texte.
    pub source: Source,
}

/// Si toutes les conditions sont remplies, ce service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regle {
    /// Vide : toujours.
    pub conditions: Vec<Condition>,
    /// Le code du service.
    pub service: String,
    /// Pourquoi, comme on l'écrit dans l'explication.
    pub motif: String,
}

/// Ce qu'une règle regarde, et la réponse qu'elle attend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Le fait.
    pub critere: Critere,
    /// La réponse attendue.
    pub attendu: bool,
}

/// Les faits qu'une table peut regarder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Critere {
    /// De l'assignation à la demande de concours de la force publique.
    EnProcedure,
    /// Au moins un enfant à charge.
    Enfants,
    /// Une aide au logement est versée.
    AideLogement,
}

/// Ce qu'on sait du ménage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conditions {
    /// De l'assignation à la demande de concours de la force publique.
    pub en_procedure: Reponse,
    /// Au moins un enfant à charge.
    pub enfants: Reponse,
    /// Une aide au logement est versée.
    pub aide_logement: Reponse,
}

/// Le service en charge, et pourquoi.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repartie {
    /// Le code du service.
    pub service: String,
    /// Le service par défaut, en attendant une réponse.
    pub provisoire: bool,
    /// Les champs dont la valeur peut changer le service, et eux seuls.
    pub questions: Vec<&'static str>,
    /// Phrases prêtes à lire.
    pub motifs: Vec<String>,
}

impl Critere {
    const TOUS: [Critere; 3] = [Critere::EnProcedure, Critere::Enfants, Critere::AideLogement];

    fn cle(self) -> &'static str {
        match self {
            Critere::EnProcedure => "en_procedure",
            Critere::Enfants => "enfants",
            Critere::AideLogement => "aide_logement",
        }
    }

    /// Le champ de la notice qui répond.
    pub const fn champ(self) -> &'static str {
        match self {
            Critere::EnProcedure => "date_assignation",
            Critere::Enfants => "nombre_enfants",
            Critere::AideLogement => "aide_logement",
        }
    }

    const fn rang(self) -> u8 {
        match self {
            Critere::EnProcedure => 0,
            Critere::Enfants => 1,
            Critere::AideLogement => 2,
        }
    }
}

impl Conditions {
    fn reponse(&self, critere: Critere) -> Reponse {
        match critere {
            Critere::EnProcedure => self.en_procedure,
            Critere::Enfants => self.enfants,
            Critere::AideLogement => self.aide_logement,
        }
    }

    /// Ce monde, où tout est su, est-il compatible avec ce qu'on sait ?
    fn admet(&self, monde: Monde) -> bool {
        Critere::TOUS.into_iter().all(|critere| match self.reponse(critere) {
            Reponse::Oui => monde.a(critere),
            Reponse::Non => !monde.a(critere),
            Reponse::Inconnue => true,
        })
    }
}

/// Une réponse à chaque critère : un bit par critère.
#[derive(Clone, Copy)]
struct Monde(u8);

impl Monde {
    fn tous() -> impl Iterator<Item = Monde> {
        (0..1 << Critere::TOUS.len()).map(Monde)
    }

    const fn a(self, critere: Critere) -> bool {
        self.0 >> critere.rang() & 1 == 1
    }

    /// Le même, où une seule réponse a changé.
    const fn oppose(self, critere: Critere) -> Monde {
        Monde(self.0 ^ 1 << critere.rang())
    }
}

impl Repartition {
    /// Lit une table candidate, écrite comme dans un profil, pour la simuler avant de l'adopter.
    ///
    /// # Erreurs
    ///
    /// Tous les défauts à la fois : ceux d'une table de profil, ou plus d'une table.
    pub fn lire_candidate(
        texte: &str,
        profil: &Profil,
    ) -> Result<Repartition, Vec<DefautDeProfil>> {
        let defauts = Defauts::default();
        let mut tables = Vec::new();
        match texte.parse::<toml::Table>() {
            Ok(table) => tables.push((CANDIDATE.to_owned(), table)),
            Err(erreur) => {
                defauts.ajouter(CANDIDATE, "", illisible(texte, &erreur), "Corrigez cette ligne.")
            }
        }
        let mut lues = Vec::new();
        if !tables.is_empty() {
            let racine = Racine::nouvelle(&tables, &defauts);
            lues = lire(&racine, &profil.services);
            racine.verifier_que_tout_est_lu();
        }
        if lues.len() > 1 {
            defauts.ajouter(
                CANDIDATE,
                "repartition",
                "il y a plusieurs tables : on n'en simule qu'une à la fois",
                "Gardez une seule [[repartition]].",
            );
        }
        let mut defauts = defauts.tous();
        match lues.pop() {
            Some(table) if defauts.is_empty() => Ok(table),
            _ => {
                defauts.sort();
                defauts.dedup();
                Err(defauts)
            }
        }
    }

    fn regle(&self, monde: Monde) -> Option<&Regle> {
        self.regles.iter().find(|r| r.conditions.iter().all(|c| monde.a(c.critere) == c.attendu))
    }

    /// Le service en charge par cette table, quel que soit le jour ; voir [`Profil::repartir`].
    ///
    /// Le service de chaque monde possible : s'ils s'accordent, la réponse est certaine.
    #[must_use]
    pub fn repartir(&self, conditions: &Conditions, par_defaut: &str) -> Repartie {
        let possibles: Vec<(Monde, &Regle)> = Monde::tous()
            .filter(|monde| conditions.admet(*monde))
            .filter_map(|monde| Some((monde, self.regle(monde)?)))
            .collect();
        let accord = possibles.first().filter(|(_, premiere)| {
            possibles.iter().all(|(_, regle)| regle.service == premiere.service)
        });
        match accord {
            Some((_, regle)) => Repartie {
                service: regle.service.clone(),
                provisoire: false,
                questions: vec![],
                motifs: vec![self.motif(&possibles, &regle.service)],
            },
            None => {
                let questions = self.questions(conditions, &possibles);
                Repartie {
                    service: par_defaut.to_owned(),
                    provisoire: true,
                    motifs: vec![format!(
                        "service provisoire « {par_defaut} », en attendant : {} ({})",
                        enumerer(questions.iter().map(|q| en_mots(q))),
                        self.source
                    )],
                    questions,
                }
            }
        }
    }

    fn questions(
        &self,
        conditions: &Conditions,
        possibles: &[(Monde, &Regle)],
    ) -> Vec<&'static str> {
        Critere::TOUS
            .into_iter()
            .filter(|critere| conditions.reponse(*critere) == Reponse::Inconnue)
            .filter(|critere| {
                possibles.iter().any(|(monde, regle)| {
                    self.regle(monde.oppose(*critere))
                        .is_some_and(|autre| autre.service != regle.service)
                })
            })
            .map(Critere::champ)
            .collect()
    }

    fn motif(&self, possibles: &[(Monde, &Regle)], service: &str) -> String {
        let mut motifs: Vec<&str> =
            possibles.iter().map(|(_, regle)| regle.motif.as_str()).collect();
        motifs.sort_unstable();
        motifs.dedup();
        let reserve = if self.a_valider { " ; répartition à valider" } else { "" };
        format!("{} : service « {service} » ({}{reserve})", motifs.join(", ou "), self.source)
    }
}

fn en_mots(champ: &str) -> &'static str {
    match champ {
        "nombre_enfants" => "le ménage a-t-il des enfants à charge ?",
        "aide_logement" => "une aide au logement est-elle versée ?",
        _ => "une procédure judiciaire est-elle engagée ?",
    }
}

impl Profil {
    /// La table en vigueur le jour de la réception.
    pub fn repartition(&self, jour_de_reception: Date) -> Option<&Repartition> {
        self.repartitions
            .iter()
            .find(|r| r.du <= jour_de_reception && r.au.is_none_or(|au| jour_de_reception <= au))
    }

    /// Le service en charge d'un ménage signalé, par la table du jour de la réception.
    ///
    /// Une condition inconnue n'arrête que si sa réponse peut changer le service : c'est alors le
    /// service par défaut, provisoire, et la question. De même un jour que ne couvre aucune table,
    /// sans question.
    pub fn repartir(&self, conditions: &Conditions, jour_de_reception: Date) -> Repartie {
        match self.repartition(jour_de_reception) {
            Some(table) => table.repartir(conditions, &self.service_par_defaut),
            None => Repartie {
                service: self.service_par_defaut.clone(),
                provisoire: true,
                questions: vec![],
                motifs: vec![format!(
                    "aucune répartition connue le {} : service par défaut « {} »",
                    Jour(jour_de_reception),
                    self.service_par_defaut
                )],
            },
        }
    }
}

pub(super) fn lire(racine: &Racine<'_>, services: &[Service]) -> Vec<Repartition> {
    let champs = racine.liste("repartition", None);
    if champs.is_empty() {
        racine.section("repartition");
    }
    let mut lues: Vec<(usize, Repartition)> =
        (0..).zip(&champs).filter_map(|(rang, c)| Some((rang, une(c, services)?))).collect();
    lues.sort_by_key(|(_, table)| table.du);
    for paire in lues.windows(2) {
        if paire[0].1.au.is_none_or(|au| paire[1].1.du <= au) {
            champs[paire[1].0].refuser(
                "du",
                "deux répartitions s'appliquent le même jour",
                "Donnez à la plus ancienne un dernier jour (« au ») : la veille de celle-ci.",
            );
        }
    }
    lues.into_iter().map(|(_, table)| table).collect()
}

fn une(champs: &Champs<'_>, services: &[Service]) -> Option<Repartition> {
    let liste = champs.liste("regle");
    let regles: Vec<Regle> = liste.iter().map(|c| regle(c, services)).collect();
    let toujours = regles.iter().position(|r| r.conditions.is_empty());
    match toujours {
        None => champs.refuser(
            "regle",
            "aucune règle ne convient aux autres ménages",
            "Terminez par une règle sans condition : personne ne doit rester sans service.",
        ),
        Some(place) => {
            for inutile in &liste[place + 1..] {
                inutile.refuser(
                    "",
                    "cette règle ne sert jamais : une règle sans condition la précède",
                    "Retirez-la, ou placez-la avant.",
                );
            }
        }
    }
    let table = Repartition {
        au: champs.jour_option("au"),
        regles,
        validee_par_le_corep_le: champs.jour_option("validee_par_le_corep_le"),
        avis_de_la_pleniere_le: champs.jour_option("avis_de_la_pleniere_le"),
        a_valider: champs.booleen_option("a_valider").unwrap_or(false),
        source: champs.source(),
        du: champs.jour("du")?,
    };
    if table.validee_par_le_corep_le.is_none() && !table.a_valider {
        champs.refuser(
            "validee_par_le_corep_le",
            "la répartition n'est pas dite validée par le comité responsable du plan (loi n° 90-449, art. 4)",
            "Donnez la date de la validation, ou écrivez a_valider = true.",
        );
    }
    Some(table)
}

fn regle(champs: &Champs<'_>, services: &[Service]) -> Regle {
    let conditions = Critere::TOUS
        .into_iter()
        .filter_map(|critere| {
            Some(Condition { critere, attendu: champs.booleen_option(critere.cle())? })
        })
        .collect();
    let service = champs.texte("service");
    if !services.iter().any(|s| s.code == service) {
        champs.refuser(
            "service",
            format!("aucun service n'a le code « {service} »"),
            format!("Choisissez : {}.", enumerer(services.iter().map(|s| &s.code))),
        );
    }
    Regle { conditions, service, motif: champs.texte("motif") }
}
