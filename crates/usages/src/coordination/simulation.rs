//! Avant d'adopter une répartition : ce qu'elle changerait pour les dossiers de l'année passée.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use ccapex::coordination::simulation::{Simulation, simuler};
use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::Agent;
use ccapex::profil::{Condition, Critere, DefautDeProfil, Profil, Regle, Repartition};
use droit::source::Source;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use stockage::liste::ordre::Tri;
use stockage::liste::{Etendue, Filtre};
use tableur::ecriture::{Cellule, Colonne, EchecEcriture, Ecrivain, Format, GenreColonne};

use super::relire;
use crate::dossiers::lister::lister;
use crate::echeances::tout;
use crate::echec::Echec;
use crate::maison::Maison;

/// Ce qu'une table candidate changerait.
#[derive(Clone, Debug)]
pub struct Essai {
    /// Le résultat.
    pub simulation: Simulation,
    /// La référence de chaque dossier qui changerait de service.
    pub references: BTreeMap<DossierId, String>,
    /// Le premier jour des dossiers regardés.
    pub depuis: Date,
    /// Il y en a davantage : seuls les plus récents ont été regardés.
    pub tronque: bool,
}

/// Pourquoi un essai n'a pas eu lieu.
#[derive(Debug)]
pub enum Empeche {
    /// La table ne se lit pas : tous ses défauts.
    Table(Vec<DefautDeProfil>),
    /// La base, ou le territoire.
    Echec(Echec),
}

impl<E: Into<Echec>> From<E> for Empeche {
    fn from(echec: E) -> Self {
        Self::Echec(echec.into())
    }
}

/// Au-delà, la réponse se ferait attendre.
const DOSSIERS_MAX: usize = 20_000;

/// La table en vigueur ce jour-là, écrite comme dans un profil ; vide s'il n'y en a pas.
#[must_use]
pub fn table_en_vigueur(profil: &Profil, jour: Date) -> String {
    profil.repartition(jour).map(ecrire).unwrap_or_default()
}

/// Une règle, telle qu'une personne la choisit à l'écran : rien, c'est « peu importe ».
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegleChoisie {
    /// De l'assignation à la demande de concours.
    pub en_procedure: Option<bool>,
    /// Au moins un enfant à charge.
    pub enfants: Option<bool>,
    /// Une aide au logement est versée.
    pub aide_logement: Option<bool>,
    /// Le code du service.
    pub service: String,
}

/// Les règles de la table en vigueur ce jour-là.
#[must_use]
pub fn regles_en_vigueur(profil: &Profil, jour: Date) -> Vec<RegleChoisie> {
    let regles = profil.repartition(jour).map(|t| t.regles.as_slice()).unwrap_or_default();
    regles.iter().map(choisie).collect()
}

fn choisie(regle: &Regle) -> RegleChoisie {
    let attendu =
        |critere| regle.conditions.iter().find(|c| c.critere == critere).map(|c| c.attendu);
    RegleChoisie {
        en_procedure: attendu(Critere::EnProcedure),
        enfants: attendu(Critere::Enfants),
        aide_logement: attendu(Critere::AideLogement),
        service: regle.service.clone(),
    }
}

/// Une table candidate, écrite comme dans un profil, d'après des règles choisies à l'écran.
#[must_use]
pub fn ecrire_une_candidate(regles: &[RegleChoisie], jour: Date) -> String {
    let regle = |choisie: &RegleChoisie| Regle {
        conditions: [
            (Critere::EnProcedure, choisie.en_procedure),
            (Critere::Enfants, choisie.enfants),
            (Critere::AideLogement, choisie.aide_logement),
        ]
        .into_iter()
        .filter_map(|(critere, attendu)| Some(Condition { critere, attendu: attendu? }))
        .collect(),
        service: choisie.service.clone(),
        motif: "règle essayée".to_owned(),
    };
    ecrire(&Repartition {
        du: jour,
        au: None,
        regles: regles.iter().map(regle).collect(),
        validee_par_le_corep_le: None,
        avis_de_la_pleniere_le: None,
        a_valider: true,
        source: Source::incertaine("table essayée, sans validation", ""),
    })
}

/// Les dossiers qui changeraient de service, un par ligne, pour un tableur.
///
/// # Erreurs
///
/// [`Echec::Refus`] si le tableur ne s'écrit pas.
pub fn en_csv(essai: &Essai, profil: &Profil) -> Result<Vec<u8>, Echec> {
    let refus = |e: EchecEcriture| Echec::Refus(e.to_string());
    let colonnes = ["Référence", "Service d'aujourd'hui", "Service de la table essayée"]
        .map(|titre| Colonne { titre: titre.to_owned(), genre: GenreColonne::Texte });
    let mut ecrivain =
        Ecrivain::nouveau(Format::Csv, "Dossiers qui changeraient de service", &colonnes)
            .map_err(refus)?;
    for transition in &essai.simulation.transitions {
        for reference in transition.dossiers.iter().filter_map(|id| essai.references.get(id)) {
            ecrivain
                .ligne(&[
                    Cellule::Texte(reference.clone()),
                    Cellule::Texte(profil.nom_de(&transition.de).to_owned()),
                    Cellule::Texte(profil.nom_de(&transition.vers).to_owned()),
                ])
                .map_err(refus)?;
        }
    }
    ecrivain.terminer().map_err(refus)
}

/// Répartit les dossiers de l'année passée par la table en vigueur, puis par la candidate. N'écrit rien.
///
/// # Erreurs
///
/// [`Empeche::Table`] avec tous les défauts de la table ; [`Empeche::Echec`] si aucune table n'est en
/// vigueur, ou si la base ne répond pas.
pub async fn essayer(
    maison: &Maison,
    agent: &Agent,
    table: &str,
    aujourd_hui: Date,
) -> Result<Essai, Empeche> {
    let profil = maison.profil(&agent.profil)?;
    let candidate = Repartition::lire_candidate(table, &profil).map_err(Empeche::Table)?;
    let en_vigueur = profil.repartition(aujourd_hui).ok_or_else(|| {
        Echec::Refus(
            "Aucune répartition n'est en vigueur aujourd'hui : il n'y a rien à comparer. \
             Ajoutez-en une au profil."
                .to_owned(),
        )
    })?;
    let depuis = aujourd_hui.saturating_sub(1.year());
    let mut filtre = Filtre { etendue: Etendue::Tous, limite: 1_000, ..tout(Tri::MiseAJour) };
    let mut conditions = Vec::new();
    let mut references = BTreeMap::new();
    let tronque = loop {
        let liste = lister(maison, agent, &filtre, aujourd_hui).await?;
        // Le dernier changement d'abord : au-delà, plus aucun dossier n'a été ouvert dans l'année.
        let anciens = liste.page.lignes.last().is_some_and(|vue| jour(vue.maj_le) < depuis);
        let suivant = liste.page.suivant.filter(|_| !anciens);
        let ouverts: Vec<_> =
            liste.page.lignes.into_iter().filter(|vue| vue.ouvert_le >= depuis).collect();
        for (vue, dossier) in relire(maison, &ouverts).await? {
            let contexte = dossier.contexte();
            if dossier.joint_a.is_none() && contexte.reparti {
                references.insert(vue.id, vue.reference);
                conditions.push((vue.id, contexte.into()));
            }
        }
        match suivant {
            Some(_) if conditions.len() >= DOSSIERS_MAX => break true,
            Some(suivant) => filtre.apres = Some(suivant),
            None => break false,
        }
    };
    let simulation = simuler(conditions, en_vigueur, &candidate, &profil);
    let changent: BTreeSet<DossierId> =
        simulation.transitions.iter().flat_map(|t| t.dossiers.iter().copied()).collect();
    references.retain(|id, _| changent.contains(id));
    Ok(Essai { simulation, references, depuis, tronque })
}

/// Le jour d'un instant, avec une journée de marge : le fuseau n'importe pas.
fn jour(instant: Timestamp) -> Date {
    instant.to_zoned(TimeZone::UTC).date().saturating_add(1.day())
}

/// Une table, écrite comme dans un profil.
fn ecrire(table: &Repartition) -> String {
    let mut toml = format!("[[repartition]]\ndu = {}\n", table.du);
    let mut jour = |cle: &str, jour: Option<Date>| {
        if let Some(jour) = jour {
            let _ = writeln!(toml, "{cle} = {jour}");
        }
    };
    jour("au", table.au);
    jour("validee_par_le_corep_le", table.validee_par_le_corep_le);
    jour("avis_de_la_pleniere_le", table.avis_de_la_pleniere_le);
    if table.a_valider {
        toml.push_str("a_valider = true\n");
    }
    let source = &table.source;
    let article = match source.article.as_ref() {
        "" => String::new(),
        article => format!(", article = {}", guillemets(article)),
    };
    let _ = writeln!(
        toml,
        "source = {{ texte = {}{article}, certitude = \"{}\" }}",
        guillemets(&source.texte),
        source.certitude.code()
    );
    for regle in &table.regles {
        toml.push_str("\n[[repartition.regle]]\n");
        for condition in &regle.conditions {
            let _ = writeln!(toml, "{} = {}", cle(condition.critere), condition.attendu);
        }
        let _ = writeln!(toml, "service = {}", guillemets(&regle.service));
        let _ = writeln!(toml, "motif = {}", guillemets(&regle.motif));
    }
    toml
}

fn cle(critere: Critere) -> &'static str {
    match critere {
        Critere::EnProcedure => "en_procedure",
        Critere::Enfants => "enfants",
        Critere::AideLogement => "aide_logement",
    }
}

fn guillemets(texte: &str) -> String {
    let mut ecrit = String::from("\"");
    for lettre in texte.chars() {
        match lettre {
            '"' | '\\' => ecrit.extend(['\\', lettre]),
            autre if autre.is_control() => {
                let _ = write!(ecrit, "\\u{:04X}", u32::from(autre));
            }
            autre => ecrit.push(autre),
        }
    }
    ecrit.push('"');
    ecrit
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn les_regles_choisies_a_l_ecran_font_la_meme_table() {
        let jour = date(2026, 11, 21);
        for profil in Profil::integres().filter_map(Profil::integre) {
            let regles = regles_en_vigueur(&profil, jour);
            let relue = Repartition::lire_candidate(&ecrire_une_candidate(&regles, jour), &profil)
                .map_err(|d| d.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
                .unwrap_or_else(|d| panic!("{d}"));
            let choisies: Vec<_> = relue.regles.iter().map(choisie).collect();
            assert_eq!(choisies, regles);
            assert!(!regles.is_empty() && relue.a_valider);
        }
    }

    #[test]
    fn la_table_en_vigueur_se_relit_telle_qu_elle_est_ecrite() {
        let jour = date(2026, 11, 21);
        for profil in Profil::integres().filter_map(Profil::integre) {
            let table = table_en_vigueur(&profil, jour);
            let relue = Repartition::lire_candidate(&table, &profil)
                .map_err(|d| d.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
            assert_eq!(relue.as_ref(), Ok(profil.repartition(jour).unwrap()), "{table}");
        }
    }
}
