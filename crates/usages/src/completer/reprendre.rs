//! Compléter une notice : le traitement reprend où il s'était arrêté.

use std::collections::BTreeMap;

use ccapex::fait::{Acte, Complement};
use ccapex::identifiants::NoticeId;
use ccapex::notice::{Illisible, Nature, Notice};
use ccapex::partenaires::agent::Agent;
use ccapex::procedure::lettres::lettres;
use ccapex::signalement::examen::{Contexte, examiner_notice};
use ccapex::signalement::statut::Statut;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::notice::SuiteDeNotice;
use stockage::transaction::Lot;
use tableur::champ::Champ;
use tableur::valeur::{Valeur, lue};

use crate::completer::file::{Attente, une};
use crate::dossiers::charger::{hote, par_id};
use crate::echec::Echec;
use crate::maison::Maison;
use crate::reception::lire::{Lecture, situe};
use crate::reception::lot::{Cadre, rattacher};
use crate::reception::preparer;
use crate::reception::vraisemblance::vraisemblable;
use crate::vue;

/// Ce qu'un complément a donné.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reprise {
    /// La nouvelle réponse.
    pub statut: Statut,
    /// Son motif.
    pub motif: Option<String>,
    /// Le dossier, ouvert ou déjà là.
    pub dossier: Option<String>,
}

/// Complète une notice. Chaque champ est un texte, lu comme une cellule. Une étude complète les siennes.
///
/// # Erreurs
///
/// [`Echec::Refus`] nomme tous les champs illisibles à la fois ; rien n'est alors écrit.
pub async fn completer(
    maison: &Maison,
    agent: &Agent,
    notice: NoticeId,
    champs: &BTreeMap<String, String>,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Reprise, Echec> {
    let attente = une(maison, agent, notice, aujourd_hui).await?;
    let profil = maison.profil(&attente.registre.profil)?;
    let completee = appliquer(&attente, champs, &profil.departement)?;
    if attente.registre.dossier.is_some() {
        dans_le_dossier(maison, agent, attente, completee, champs, aujourd_hui, maintenant).await
    } else {
        sans_dossier(maison, agent, &attente, completee, aujourd_hui, maintenant).await
    }
}

/// La notice, avec les champs apportés.
fn appliquer(
    attente: &Attente,
    champs: &BTreeMap<String, String>,
    departement: &str,
) -> Result<Notice, Echec> {
    let mut lecture = Lecture::reprise(attente.contenu.clone(), attente.identite.clone());
    let mut defauts = Vec::new();
    let mut apportes = 0;
    for (nom, texte) in champs {
        let Some(champ) = Champ::de_nom(nom) else {
            defauts.push(format!("« {nom} » n'est pas un champ connu."));
            continue;
        };
        match lue(champ, texte).map(|valeur| vraisemblable(champ, valeur)) {
            None => {}
            Some(Valeur::Illisible { pourquoi, .. }) => {
                defauts.push(format!("« {} » : {pourquoi}.", champ.libelle()));
            }
            Some(valeur) => {
                apportes += 1;
                lecture.contenu.illisibles.retain(|i: &Illisible| i.champ != *nom);
                lecture.identite.bruts.remove(nom);
                lecture.range(champ, &valeur, attente.nature);
            }
        }
    }
    if defauts.is_empty() && apportes == 0 {
        defauts.push(
            "Aucun champ n'est rempli : donnez au moins une des réponses demandées.".to_owned(),
        );
    }
    if !defauts.is_empty() {
        return Err(Echec::Refus(defauts.join(" ")));
    }
    situe(&mut lecture.contenu, &lecture.identite, departement);
    Ok(Notice {
        nature: attente.nature,
        reference: (!attente.registre.reference.is_empty())
            .then(|| attente.registre.reference.clone()),
        emetteur: attente.registre.emetteur.clone(),
        contenu: lecture.contenu,
        identite: lecture.identite,
    })
}

async fn dans_le_dossier(
    maison: &Maison,
    agent: &Agent,
    attente: Attente,
    completee: Notice,
    champs: &BTreeMap<String, String>,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Reprise, Echec> {
    let Some(id) = attente.registre.dossier else { return Err(Echec::Refus(String::new())) };
    let mut lu = par_id(maison, agent, id).await?;
    let emetteur = attente.registre.emetteur.as_str();
    let ecriture = lu.completer(agent, emetteur)?;
    let mut hote = hote(maison, agent, &lu).await?;
    let ecriture_hote = hote.as_ref().map(|hote| hote.completer(agent, emetteur)).transpose()?;
    let profil = maison.profil(&lu.vue.profil)?;
    let mut preuves = vec![(&ecriture, lu.vue.rang)];
    if let (Some(hote), Some(ecriture)) = (&hote, &ecriture_hote) {
        preuves.push((ecriture, hote.vue.rang));
    }
    let dossier = lu.charge.dossier();
    let contexte = if dossier.notices.len() > 1 { dossier.contexte() } else { Contexte::default() };
    let examen = examiner_notice(&completee, &profil, aujourd_hui, contexte);
    let identite_change = completee.identite != attente.identite;
    let mut transaction = maison.stockage.ecriture_dans(&preuves).await?;
    let coffre = if identite_change {
        Some(NoticeId(transaction.numeroter("notice", 1).await?))
    } else {
        None
    };
    let mut lot = Lot::default();
    if let Some(cle) = coffre {
        let contenu = serde_json::to_string(&completee.identite).unwrap_or_default();
        lot.coffre.push((cle.0, contenu));
        lu.charge.identites.insert(cle, completee.identite.clone());
    }
    let acte = Acte::Complement(Box::new(Complement {
        notice: attente.registre.id,
        recu_le: aujourd_hui,
        champs: champs.keys().cloned().collect(),
        coffre,
        contenu: completee.contenu.clone(),
        statut: examen.statut,
        motif: examen.motif.map(str::to_owned),
        courriers: lettres(completee.nature, &examen, &profil)
            .into_iter()
            .map(str::to_owned)
            .collect(),
    }));
    let fait = vue::fait(&lu.charge, acte, ecriture.plume(), maintenant);
    lot.faits.push(vue::ecrire(id, &fait));
    lu.charge.faits.push(fait);
    let vues = vue::vues(&lu.charge, &profil).ok_or_else(|| {
        Echec::Refus(
            "Ce dossier n'a aucune notice : il n'y a rien à compléter. Vérifiez la référence."
                .to_owned(),
        )
    })?;
    lot.suites.push(SuiteDeNotice {
        notice: attente.registre.id,
        sous_commission: vues.dossier.sous_commission.clone(),
        statut: examen.statut.code().to_owned(),
        motif: examen.motif.unwrap_or_default().to_owned(),
        dossier: Some(id),
        rapprochement: attente.registre.rapprochement.clone(),
    });
    lot.courriers = vues.courriers;
    lot.dossiers.push((vues.dossier, Some(lu.vue.clone())));
    if let Some(hote) = &mut hote {
        lot.dossiers.extend(hote.vue_avec(&lu, &profil));
    }
    transaction.noter(&ecriture, "completer", maintenant);
    transaction.inserer(lot).await?;
    transaction.valider().await?;
    Ok(Reprise {
        statut: examen.statut,
        motif: examen.motif.map(str::to_owned),
        dossier: Some(lu.vue.reference),
    })
}

/// La notice n'avait pas ouvert de dossier : elle se rapproche et s'ouvre comme à la réception.
async fn sans_dossier(
    maison: &Maison,
    agent: &Agent,
    attente: &Attente,
    completee: Notice,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Reprise, Echec> {
    let depot = agent.peut_deposer()?;
    let profil = maison.profil(depot.profil())?;
    let registre = &attente.registre;
    let preparee = preparer::une(
        completee,
        registre.ordre,
        u64::try_from(registre.ligne).unwrap_or_default(),
        registre.feuille.clone(),
        &profil,
    );
    let cadre = Cadre {
        stockage: &maison.stockage,
        depot: &depot,
        profil: &profil,
        piece: registre.piece,
        fichier: "",
        reprise: false,
        deja_traitees: None,
        aujourd_hui,
        maintenant,
    };
    let reponse = rattacher(&cadre, &preparee, registre).await?;
    Ok(Reprise { statut: reponse.statut, motif: reponse.motif, dossier: reponse.dossier })
}

/// Les champs qu'une nature demande, dans l'ordre où on les saisit.
#[must_use]
pub fn champs_de(nature: Nature) -> Vec<Champ> {
    use Champ as C;
    let communs = [
        C::ReferenceActe,
        C::Etude,
        C::LocataireNom,
        C::LocatairePrenom,
        C::LocataireDateNaissance,
        C::Telephone,
        C::Courriel,
        C::LogementAdresse,
        C::CodePostal,
        C::Commune,
        C::BailleurType,
        C::BailleurNom,
        C::BailleurAdresse,
        C::DateBail,
        C::BailReconduitLe,
        C::Regime,
        C::Occupation,
        C::LoyerHorsCharges,
        C::Charges,
    ];
    let propres: &[Champ] = match nature {
        Nature::Cdp => &[
            C::DateSignification,
            C::MontantDette,
            C::ImpayeDepuis,
            C::AideLogement,
            C::NombreAdultes,
            C::NombreEnfants,
            C::ReferenceExploc,
            C::Canal,
        ],
        Nature::Assignation => &[
            C::DateAssignation,
            C::DateNotificationPrefet,
            C::DateAudience,
            C::Tribunal,
            C::Motif,
            C::MontantDette,
        ],
        Nature::SaisineBailleur => {
            &[C::Date, C::Dette, C::Origine, C::AideLogement, C::NombreEnfants]
        }
        Nature::Decision => &[
            C::Date,
            C::Issue,
            C::DelaisMois,
            C::DelaiDepartMois,
            C::LoyerRepris,
            C::ParDefaut,
            C::Tribunal,
        ],
        Nature::Cql => &[C::Date, C::DateNotificationPrefet, C::Canal, C::ReferenceExploc],
        Nature::RequisitionCfp => &[C::Date, C::Canal, C::ReferenceExploc],
        Nature::SignalementImpaye => {
            &[C::Date, C::Origine, C::Dette, C::AideVerseeA, C::NombreEnfants]
        }
        Nature::Alerte => {
            &[C::Date, C::Origine, C::Code, C::Contenu, C::AideLogement, C::NombreEnfants]
        }
    };
    propres.iter().chain(&communs).copied().collect()
}
