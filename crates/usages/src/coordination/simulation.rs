//! Avant d'adopter une répartition : ce qu'elle changerait pour les dossiers de l'année passée.

use std::fmt::Write as _;

use ccapex::coordination::simulation::{Simulation, simuler};
use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::Agent;
use ccapex::profil::{Critere, DefautDeProfil, Profil, Repartition};
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::BTreeMap;
use stockage::liste::{Etendue, Filtre, Tri};

use super::relus;
use crate::echeances::tout;
use crate::echec::Echec;
use crate::maison::Maison;

/// Ce qu'une table candidate changerait.
#[derive(Clone, Debug)]
pub struct Essai {
    /// Le résultat.
    pub simulation: Simulation,
    /// Les références des dossiers cités en exemple.
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
        let (liste, dossiers) = relus(maison, agent, &filtre, aujourd_hui).await?;
        for (vue, dossier) in dossiers {
            let contexte = dossier.contexte();
            if vue.ouvert_le >= depuis && dossier.joint_a.is_none() && contexte.reparti {
                references.insert(vue.id, vue.reference);
                conditions.push((vue.id, contexte.into()));
            }
        }
        match liste.page.suivant {
            Some(_) if conditions.len() >= DOSSIERS_MAX => break true,
            Some(suivant) => filtre.apres = Some(suivant),
            None => break false,
        }
    };
    let simulation = simuler(conditions, en_vigueur, &candidate, &profil);
    let cites: Vec<DossierId> =
        simulation.transitions.iter().flat_map(|t| t.exemples.iter().copied()).collect();
    references.retain(|id, _| cites.contains(id));
    Ok(Essai { simulation, references, depuis, tronque })
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
