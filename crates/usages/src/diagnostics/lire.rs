//! Le diagnostic d'un dossier : ce qui est écrit, ce que le dossier propose, ce qui manque.

use ccapex::acte::Quoi;
use ccapex::cours::Cours;
use ccapex::cours::horloge::Horloge;
use ccapex::diagnostic::manques::manques;
use ccapex::diagnostic::preremplir::preremplir;
use ccapex::diagnostic::redige::{ecritures, redige};
use ccapex::diagnostic::{Champ, RUBRIQUES, Rubrique, Saisie};
use ccapex::dossier::{ActeSuivi, Dossier};
use ccapex::fait::Fait;
use ccapex::identifiants::AgentId;
use ccapex::notice::Identite;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::Refus;
use droit::calendrier::Territoire;
use droit::conclusion::Conclusion;
use droit::regles::diagnostic::dernier_jour_transmission;
use jiff::Timestamp;
use jiff::civil::Date;

use super::mandats::le_lit;
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
    /// L'envoi au juge et à la commission, et l'acte qui le prouve.
    pub transmis: Option<Transmission>,
    /// La personne peut l'écrire.
    pub peut_ecrire: bool,
    pub(crate) profil: String,
    pub(crate) organisme: String,
}

/// L'envoi d'un diagnostic : l'acte du journal en est la preuve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transmission {
    /// Le jour de l'envoi.
    pub le: Date,
    /// Le fait.
    pub fait: String,
    /// Son rang au journal.
    pub rang: i64,
    /// Quand il a été enregistré.
    pub enregistre_le: Timestamp,
    /// Par qui.
    pub agent: AgentId,
    /// Des rubriques ont été écrites depuis : le diagnostic envoyé n'est plus celui de l'écran.
    pub depasse: bool,
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
    /// Le fait de cette écriture : l'envoyer avec la rubrique dit de quoi la personne est partie.
    pub ecriture: Option<String>,
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
/// [`Echec::Habilitation`] hors du périmètre, ou pour qui n'en a qu'une part sans être mandaté.
pub async fn lire(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<DiagnosticLu, Echec> {
    let lu = par_reference(maison, agent, reference).await?;
    if !le_lit(agent, &lu) {
        return Err(Refus::Introuvable.into());
    }
    maison.stockage.noter_lecture(&lu.lecture, maintenant).await?;
    diagnostic(maison, agent, &lu, aujourd_hui)
}

/// Le diagnostic tel qu'il est parti, et non tel qu'on l'a repris depuis ; rien s'il n'est pas parti.
pub(super) async fn lire_l_envoi(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Option<DiagnosticLu>, Echec> {
    let mut lu = par_reference(maison, agent, reference).await?;
    if !le_lit(agent, &lu) {
        return Err(Refus::Introuvable.into());
    }
    maison.stockage.noter_lecture(&lu.lecture, maintenant).await?;
    let Some(envoi) = diagnostic(maison, agent, &lu, aujourd_hui)?.transmis else {
        return Ok(None);
    };
    let depuis = |fait: &Fait| {
        fait.ecrit_le > envoi.enregistre_le
            || (fait.ecrit_le == envoi.enregistre_le && fait.rang > envoi.rang)
    };
    lu.charge.faits.retain(|fait| !depuis(fait));
    for faits in lu.charge.joints.values_mut() {
        faits.retain(|fait| !depuis(fait));
    }
    diagnostic(maison, agent, &lu, envoi.le).map(Some)
}

/// Ce que le dossier sait, à proposer : qui ouvre une rubrique jamais écrite l'a sous les yeux.
pub(crate) fn propositions(
    maison: &Maison,
    lu: &Lu,
    dossier: &Dossier,
    aujourd_hui: Date,
) -> Result<Saisie, Echec> {
    let profil = maison.profil(&lu.vue.profil)?;
    let horloge = Horloge::au(aujourd_hui);
    let cours = Cours::de(dossier, profil.tentatives_avant_sans_nouvelles(), &horloge);
    let identite = identite(lu, dossier);
    let logement = adresse_affichee(&identite, &lu.vue.commune);
    let mut su = preremplir(dossier, &cours, &identite, &logement, &profil);
    if let Some(travailleur) = travailleur(lu, dossier) {
        su.insert("redacteur.nom".to_owned(), travailleur);
    }
    Ok(su)
}

fn identite(lu: &Lu, dossier: &Dossier) -> Identite {
    dossier.nommante().map(|n| lu.charge.identite(n)).unwrap_or_default()
}

/// La personne que le dernier mandat désigne.
fn travailleur(lu: &Lu, dossier: &Dossier) -> Option<String> {
    let mandat = |acte: &&ActeSuivi| matches!(acte.consigne.quoi, Quoi::DsfDemande(_));
    let coffre = dossier.actes.iter().rev().find(mandat)?.consigne.coffre?;
    lu.charge.identites.get(&coffre)?.textes.get("travailleur").cloned()
}

fn diagnostic(
    maison: &Maison,
    agent: &Agent,
    lu: &Lu,
    aujourd_hui: Date,
) -> Result<DiagnosticLu, Echec> {
    let profil = maison.profil(&lu.vue.profil)?;
    let dossier = lu.charge.dossier();
    let horloge = Horloge::au(aujourd_hui);
    let cours = Cours::de(&dossier, profil.tentatives_avant_sans_nouvelles(), &horloge);
    let identite = identite(lu, &dossier);
    let logement = adresse_affichee(&identite, &lu.vue.commune);
    let garde = redige(ecritures(&dossier, &lu.charge.identites));
    let su = propositions(maison, lu, &dossier, aujourd_hui)?;
    let rubriques = RUBRIQUES
        .iter()
        .map(|rubrique| {
            let derniere = garde.rubriques.get(rubrique.code);
            let source = if derniere.is_some() { &garde.saisie } else { &su };
            let champs = rubrique
                .champs
                .iter()
                .map(|champ| {
                    let valeur = source.get(&rubrique.cle(champ)).cloned().unwrap_or_default();
                    let propose = derniere.is_none() && !valeur.is_empty();
                    ChampLu { champ, valeur, propose }
                })
                .collect();
            RubriqueLue {
                rubrique,
                champs,
                ecrite_le: derniere.map(|d| d.le),
                ecriture: derniere.map(|d| d.fait.clone()),
            }
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
        transmis: cours.dsf.transmis_le.and_then(|le| transmission(lu, &dossier, le)),
        peut_ecrire: lu.consigner(agent, "dsf_redige").is_ok(),
        organisme: su.get("redacteur.organisme").cloned().unwrap_or_default(),
        profil: lu.vue.profil.clone(),
    })
}

/// L'acte qui a transmis le diagnostic ce jour-là, et ce qui en est au journal.
fn transmission(lu: &Lu, dossier: &Dossier, le: Date) -> Option<Transmission> {
    let transmis = |acte: &&ActeSuivi| {
        acte.consigne.date == le && matches!(acte.consigne.quoi, Quoi::DsfTransmis(_))
    };
    let rang = dossier.actes.iter().rposition(|acte| transmis(&acte))?;
    let acte = &dossier.actes[rang];
    let mut journal = lu.charge.faits.iter().chain(lu.charge.joints.values().flatten());
    let fait = journal.find(|fait| fait.id == acte.id)?;
    let redige = |acte: &ActeSuivi| matches!(acte.consigne.quoi, Quoi::DsfRedige { .. });
    Some(Transmission {
        le,
        fait: fait.id.clone(),
        rang: fait.rang,
        enregistre_le: fait.ecrit_le,
        agent: fait.agent,
        depasse: dossier.actes[rang..].iter().any(redige),
    })
}
