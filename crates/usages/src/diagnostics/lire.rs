//! Le diagnostic d'un dossier : ce qui est écrit, ce que le dossier propose, ce qui manque.

use ccapex::cours::Cours;
use ccapex::cours::horloge::Horloge;
use ccapex::diagnostic::manques::manques;
use ccapex::diagnostic::preremplir::preremplir;
use ccapex::diagnostic::redige::{ecritures, redige};
use ccapex::diagnostic::{Champ, RUBRIQUES, Rubrique};
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Portee, Refus};
use droit::calendrier::Territoire;
use droit::conclusion::Conclusion;
use droit::regles::diagnostic::dernier_jour_transmission;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::dossiers::charger::{Lu, par_reference};
use crate::echec::Echec;
use crate::maison::Maison;
use crate::vue::adresse_affichee;

/// Un diagnostic, tel qu'on le reprend à l'écran.
#[derive(Clone, Debug, PartialEq)]
pub struct DiagnosticLu {
    /// La référence du dossier.
    pub reference: String,
    /// Le ménage.
    pub menage: String,
    /// L'adresse du logement.
    pub logement: String,
    /// Les rubriques, dans l'ordre du formulaire.
    pub rubriques: Vec<RubriqueLue>,
    /// Ce qu'il reste à écrire avant de transmettre, en français. Vide : il peut partir.
    pub manques: Vec<String>,
    /// Le jour de l'audience.
    pub audience: Option<Date>,
    /// Le dernier jour pour le transmettre, et pourquoi.
    pub avant_le: Option<Conclusion<Date>>,
    /// Le jour de l'envoi et le rang, au journal, de l'acte qui le prouve.
    pub transmis: Option<(Date, Option<i64>)>,
    /// La personne peut l'écrire.
    pub peut_ecrire: bool,
    pub(crate) profil: String,
    pub(crate) organisme: String,
}

/// Une rubrique et ce qu'elle contient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RubriqueLue {
    /// La rubrique.
    pub rubrique: &'static Rubrique,
    /// Ses champs.
    pub champs: Vec<ChampLu>,
    /// Le jour de sa dernière écriture ; rien tant que personne ne l'a enregistrée.
    pub ecrite_le: Option<Date>,
}

/// Un champ et sa valeur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChampLu {
    /// Le champ.
    pub champ: &'static Champ,
    /// La valeur, sous sa forme gardée ; vide s'il n'y en a pas.
    pub valeur: String,
    /// Le dossier la propose : personne ne l'a encore enregistrée.
    pub propose: bool,
}

/// Le diagnostic d'un dossier, prérempli de ce que le dossier sait. La lecture s'inscrit au registre.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] hors du périmètre, ou pour qui ne voit que ses propres notices.
pub async fn lire(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<DiagnosticLu, Echec> {
    let lu = par_reference(maison, agent, reference).await?;
    if lu.lecture.portee() != Portee::Entier {
        return Err(Refus::Introuvable.into());
    }
    maison.stockage.noter_lecture(&lu.lecture, maintenant).await?;
    diagnostic(maison, &lu, aujourd_hui)
}

fn diagnostic(maison: &Maison, lu: &Lu, aujourd_hui: Date) -> Result<DiagnosticLu, Echec> {
    let profil = maison.profil(&lu.vue.profil)?;
    let dossier = lu.charge.dossier();
    let horloge = Horloge::au(aujourd_hui);
    let cours = Cours::de(&dossier, profil.tentatives_avant_sans_nouvelles(), &horloge);
    let identite =
        dossier.en_vigueur().next_back().map(|n| lu.charge.identite(n)).unwrap_or_default();
    let logement = adresse_affichee(&identite, &lu.vue.commune);
    let garde = redige(ecritures(&dossier, &lu.charge.identites));
    let su = preremplir(&dossier, &cours, &identite, &logement, &profil);
    let rubriques = RUBRIQUES
        .iter()
        .map(|rubrique| {
            let ecrite_le = garde.rubriques.get(rubrique.code).copied();
            let source = if ecrite_le.is_some() { &garde.saisie } else { &su };
            let champs = rubrique
                .champs
                .iter()
                .map(|champ| {
                    let valeur = source.get(&rubrique.cle(champ)).cloned().unwrap_or_default();
                    let propose = ecrite_le.is_none() && !valeur.is_empty();
                    ChampLu { champ, valeur, propose }
                })
                .collect();
            RubriqueLue { rubrique, champs, ecrite_le }
        })
        .collect();
    let territoire = Territoire::de_commune(&lu.vue.commune);
    let audience = cours.procedure.audience;
    Ok(DiagnosticLu {
        reference: lu.vue.reference.clone(),
        menage: identite.nom_affiche(),
        logement,
        rubriques,
        manques: manques(&garde.saisie).iter().map(|m| m.phrase()).collect(),
        audience,
        avant_le: audience.and_then(|a| dernier_jour_transmission(a, territoire).ok()),
        transmis: cours.dsf.transmis_le.map(|le| (le, preuve(&dossier, le))),
        peut_ecrire: lu.ecriture.is_some(),
        organisme: su.get("redacteur.organisme").cloned().unwrap_or_default(),
        profil: lu.vue.profil.clone(),
    })
}

/// Le rang de l'acte qui a transmis le diagnostic ce jour-là.
fn preuve(dossier: &ccapex::dossier::Dossier, le: Date) -> Option<i64> {
    let transmis = |acte: &&ccapex::dossier::ActeSuivi| {
        acte.consigne.date == le && acte.consigne.quoi.nom() == "dsf_transmis"
    };
    dossier.actes.iter().rev().find(transmis).map(|acte| acte.rang)
}
