//! Un acte qui est une notice : il entre au registre comme un fichier reçu, dans le dossier désigné ou
//! par rapprochement.

use std::sync::Arc;

use ccapex::acte::Quoi;
use ccapex::dossier::{Dossier, Suivie};
use ccapex::fait::Acte;
use ccapex::identifiants::PieceId;
use ccapex::notice::{Contenu, Identite, Nature};
use ccapex::partenaires::habilitation::{Depot, Portee, cle_emetteur};
use ccapex::profil::Profil;
use ccapex::signalement::statut::Statut;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use stockage::piece::{Depose, EtatDePiece, Garde, PieceADeposer};
use tableur::champ::Champ;
use tableur::valeur::Valeur;

use crate::actes::apercevoir::Essai;
use crate::actes::consigner::{Arret, Guichet};
use crate::actes::demande::{Demande, Reponse, refus};
use crate::actes::lecture::{Lus, lire, manques};
use crate::actes::menage::{nommee, refuser_sans_menage};
use crate::dossiers::charger::{Lu, par_reference};
use crate::echec::Echec;
use crate::reception::lire::Lecture;
use crate::reception::lot::{self, Cadre};
use crate::reception::preparer::{self, Preparee};
use crate::reception::resultat;

pub(super) async fn consigner(
    guichet: &Guichet<'_>,
    demande: &Demande,
    nature: Nature,
) -> Result<Reponse, Arret> {
    let lus = lue(demande, nature)?;
    match &demande.dossier {
        Some(reference) => dans_le_dossier(guichet, demande, nature, reference, &lus).await,
        None => par_rapprochement(guichet, demande, nature, &lus).await,
    }
}

/// Ce que la notice changerait dans le dossier désigné, sans l'y écrire.
pub(super) async fn essayer(
    guichet: &Guichet<'_>,
    demande: &Demande,
    nature: Nature,
) -> Result<Essai, Arret> {
    let lus = lue(demande, nature)?;
    let reference = demande.dossier.as_deref().unwrap_or_default();
    let a_joindre = match designee(guichet, nature, reference, &lus).await? {
        Designee::Deja { .. } => return Ok(Essai::Deja),
        Designee::AJoindre(a_joindre) => a_joindre,
    };
    let depot = guichet.agent.peut_deposer()?;
    let cadre = cadre(guichet, &depot, &a_joindre.profil, PieceId(0), Some(0));
    let preparee = std::slice::from_ref(&a_joindre.preparee);
    let essai = lot::essayer::essayer(&cadre, preparee).await?.pop();
    Ok(match essai.map(|essai| (essai.avant, essai.apres)) {
        Some((Some(avant), Some(apres))) => Essai::Change {
            profil: a_joindre.lu.vue.profil,
            entier: a_joindre.lu.lecture.portee() == Portee::Entier,
            avant: Box::new(avant),
            apres: Box::new(apres),
        },
        Some(_) | None => Essai::Deja,
    })
}

/// Les champs d'une demande complète ; sinon, tout ce qui est à corriger.
fn lue(demande: &Demande, nature: Nature) -> Result<Lus, Arret> {
    let mut fautes = Vec::new();
    let mut lus = lire(&demande.champs, &demande.acte).unwrap_or_else(|refus| {
        fautes.extend(refus);
        Lus::default()
    });
    if let Some(menage) = &demande.menage {
        match lire(menage, "menage") {
            Ok(du_menage) => lus.complete(du_menage),
            Err(refus) => fautes.extend(refus),
        }
    }
    if fautes.is_empty() {
        fautes.extend(manques(nature, &lus));
    }
    if let Err(refus) = dater(&mut lus, demande, nature) {
        fautes.push(refus);
    }
    if demande.dossier.is_none() && demande.menage.is_none() {
        fautes.push(refus(
            "dossier",
            "Il manque « dossier », la référence du dossier, ou « menage », de quoi en ouvrir un.",
        ));
    }
    if fautes.is_empty() { Ok(lus) } else { Err(Arret::Refus(fautes)) }
}

/// Pose la date de l'acte dans le champ propre à sa nature.
fn dater(
    lus: &mut Lus,
    demande: &Demande,
    nature: Nature,
) -> Result<(), ccapex::acte::lire::Refus> {
    let propre = Champ::de_nom(nature.champ_date()).unwrap_or(Champ::Date);
    let date = match (demande.jour()?, lus.date(propre)) {
        (Some(date), Some(autre)) if date != autre => {
            return Err(refus(
                nature.champ_date(),
                format!(
                    "« date » dit {date} et « {} » dit {autre} : laquelle est celle de l'acte ? Gardez-en une.",
                    nature.champ_date()
                ),
            ));
        }
        (Some(date), _) | (None, Some(date)) => date,
        (None, None) => demande.jour_exige()?,
    };
    lus.champs.retain(|(champ, _)| !matches!(champ, Champ::Date) && *champ != propre);
    lus.champs.push((propre, Valeur::Date(date)));
    Ok(())
}

/// Ce qui s'écrit dans la pièce : la ligne, dans les mots de la réception, qui saurait la relire.
fn objet(demande: &Demande, nature: Nature, lus: &Lus) -> Map<String, Value> {
    let mut objet = demande.menage.clone().unwrap_or_default();
    objet.extend(demande.champs.clone());
    objet.insert("nature".to_owned(), json!(nature.code()));
    if let Some((_, Valeur::Date(date))) = lus.champs.last() {
        objet.insert(nature.champ_date().to_owned(), json!(date));
    }
    if let Some(dossier) = &demande.dossier {
        objet.insert("dossier".to_owned(), json!(dossier));
    }
    objet
}

async fn par_rapprochement(
    guichet: &Guichet<'_>,
    demande: &Demande,
    nature: Nature,
    lus: &Lus,
) -> Result<Reponse, Arret> {
    let depot = guichet.agent.peut_deposer()?;
    let profil = guichet.profil()?;
    let notice = nommee(lus, nature, Lecture::default(), guichet, &profil);
    refuser_sans_bailleur(nature, &notice.contenu)?;
    let contenu = notice.contenu.clone();
    let preparee = preparer::une(notice, 0, 1, String::new(), &profil);
    refuser_sans_menage(&preparee, &profil, guichet.aujourd_hui)?;
    let objet = objet(demande, nature, lus);
    let recue = recevoir(guichet, &depot, &profil, preparee, &objet).await?;
    let Some(reference) = recue.dossier.clone() else {
        return Err(refus(
            "menage",
            "Ce ménage n'a pas pu ouvrir de dossier : vérifiez son nom et sa commune.",
        )
        .into());
    };
    match relire(guichet, &reference).await? {
        Some(lu)
            if recue.statut == Statut::Doublon && en_vigueur(&lu, nature, &contenu).is_none() =>
        {
            // Connue du registre, mais annulée depuis : la consigner de nouveau la remet au journal.
            dans_le_dossier(guichet, demande, nature, &reference, lus).await
        }
        lu => repondre(guichet, recue, lu, nature, &contenu, &reference),
    }
}

/// Une notice pour un dossier désigné.
enum Designee {
    /// Une notice du dossier dit déjà tout cela.
    Deja {
        lu: Box<Lu>,
        fait: String,
    },
    AJoindre(Box<AJoindre>),
}

/// Une notice prête à rejoindre le dossier désigné.
struct AJoindre {
    lu: Lu,
    profil: Arc<Profil>,
    preparee: Preparee,
}

async fn designee(
    guichet: &Guichet<'_>,
    nature: Nature,
    reference: &str,
    lus: &Lus,
) -> Result<Designee, Arret> {
    let lu = par_reference(guichet.maison, guichet.agent, reference).await?;
    lu.consigner(guichet.agent, nature.code())?;
    let profil = guichet.maison.profil(&lu.vue.profil)?;
    let dossier = lu.charge.dossier();
    let siennes = cle_emetteur(&guichet.agent.organisme);
    let visibles: Vec<&Suivie> = dossier
        .en_vigueur()
        .filter(|n| lu.lecture.portee() == Portee::Entier || n.emetteur == siennes)
        .collect();
    if let Some(deja) = visibles.iter().find(|n| dit_deja(&lu, n, nature, lus)) {
        let fait = deja.fait.clone();
        return Ok(Designee::Deja { lu: Box::new(lu), fait });
    }
    let notice = nommee(lus, nature, herite(&lu, &visibles), guichet, &profil);
    refuser_sans_bailleur(nature, &notice.contenu)?;
    let contenu = notice.contenu.clone();
    let mut preparee = preparer::une(notice, 0, 1, String::new(), &profil);
    refuser_sans_menage(&preparee, &profil, guichet.aujourd_hui)?;
    preparee.impose = Some(lu.vue.id);
    if let Some(annulee) = annulee(&lu, &dossier, nature, &contenu) {
        let empreinte =
            Sha256::new_with_prefix(preparee.empreinte).chain_update(annulee).finalize();
        preparee.empreinte = std::array::from_fn(|i| empreinte.get(i).copied().unwrap_or_default());
    }
    Ok(Designee::AJoindre(Box::new(AJoindre { lu, profil, preparee })))
}

async fn dans_le_dossier(
    guichet: &Guichet<'_>,
    demande: &Demande,
    nature: Nature,
    reference: &str,
    lus: &Lus,
) -> Result<Reponse, Arret> {
    let depot = guichet.agent.peut_deposer()?;
    let AJoindre { lu, profil, preparee } = match designee(guichet, nature, reference, lus).await? {
        Designee::Deja { lu, fait } => {
            let anomalies = guichet.anomalies(&lu, &fait)?;
            return Ok(Reponse::doublon(Some(fait), &lu.vue.reference, anomalies));
        }
        Designee::AJoindre(a_joindre) => *a_joindre,
    };
    let (reference, contenu) = (lu.vue.reference, preparee.notice.contenu.clone());
    let objet = objet(demande, nature, lus);
    let recue = recevoir(guichet, &depot, &profil, preparee, &objet).await?;
    let ailleurs = recue.dossier.as_deref().is_some_and(|autre| autre != reference);
    if recue.statut == Statut::Doublon && ailleurs {
        let autre = recue.dossier.unwrap_or_default();
        return Err(refus(
            "dossier",
            format!("Cet acte est déjà dans le dossier {autre}, pour le même ménage. Joignez les deux dossiers, ou corrigez la référence."),
        )
        .into());
    }
    let apres = relire(guichet, &reference).await?;
    repondre(guichet, recue, apres, nature, &contenu, &reference)
}

/// Une saisine dit qui loue : sans cela, on ne sait pas si elle était obligatoire.
fn refuser_sans_bailleur(nature: Nature, contenu: &Contenu) -> Result<(), Arret> {
    use ccapex::notice::BailleurType::Inconnu;
    if nature == Nature::SaisineBailleur && contenu.bailleur_type == Inconnu {
        return Err(refus(
            "bailleur_type",
            "Il manque « bailleur_type » : qui saisit la commission, l'un de : personne_physique, sci_familiale, personne_morale, bailleur_social.",
        )
        .into());
    }
    Ok(())
}

/// Cette notice dit déjà tout ce que la ligne dit.
fn dit_deja(lu: &Lu, suivie: &Suivie, nature: Nature, lus: &Lus) -> bool {
    let identite = lu.charge.identite(suivie);
    let meme = |champ: Champ, connu: &str| {
        lus.texte(champ).is_none_or(|texte| cle_emetteur(texte) == cle_emetteur(connu))
    };
    let mut relue = Lecture::reprise(suivie.contenu.clone(), identite.clone());
    for (champ, valeur) in lus.champs.iter().filter(|(c, _)| *c != Champ::Commune) {
        relue.range(*champ, valeur, nature);
    }
    suivie.nature == nature
        && relue.contenu == suivie.contenu
        && relue.identite == identite
        && lus.note.as_ref() == identite.textes.get("note")
        && meme(Champ::Etude, &suivie.emetteur)
        && meme(Champ::ReferenceActe, suivie.reference.as_deref().unwrap_or_default())
}

/// Ce que le dossier sait du ménage, du logement et du bail ; rien de propre à un acte passé.
#[expect(clippy::wildcard_enum_match_arm, reason = "un seul acte donne un nouveau bail")]
fn herite(lu: &Lu, visibles: &[&Suivie]) -> Lecture {
    let mut contenu = Contenu::default();
    let mut identite = Identite::default();
    for suivie in visibles {
        let c = &suivie.contenu;
        if c.bailleur_type != ccapex::notice::BailleurType::Inconnu {
            contenu.bailleur_type = c.bailleur_type;
        }
        contenu.commune = c.commune.clone().or(contenu.commune);
        contenu.date_bail = c.date_bail.or(contenu.date_bail);
        contenu.bail_reconduit_le = c.bail_reconduit_le.or(contenu.bail_reconduit_le);
        contenu.regime = c.regime.clone().or(contenu.regime);
        contenu.occupation = c.occupation.clone().or(contenu.occupation);
        contenu.loyer_hors_charges = c.loyer_hors_charges.or(contenu.loyer_hors_charges);
        contenu.charges = c.charges.or(contenu.charges);
        contenu.aide_logement = c.aide_logement.or(contenu.aide_logement);
        contenu.nombre_adultes = c.nombre_adultes.or(contenu.nombre_adultes);
        contenu.nombre_enfants = c.nombre_enfants.or(contenu.nombre_enfants);
        contenu.motif = c.motif.clone().or(contenu.motif);
        let i = lu.charge.identite(suivie);
        if !i.nom.is_empty() {
            identite = i;
        }
    }
    // Un nouveau bail dans le logement remplace celui des notices d'avant : son délai est le sien.
    let dossier = lu.charge.dossier();
    let signe = dossier.actes.iter().rev().find_map(|a| match &a.consigne.quoi {
        Quoi::NouveauBail { date_bail } => Some(date_bail.unwrap_or(a.consigne.date)),
        _ => None,
    });
    if let Some(signe) = signe.filter(|signe| contenu.date_bail.is_none_or(|bail| bail < *signe)) {
        contenu.date_bail = Some(signe);
        contenu.bail_reconduit_le = None;
    }
    identite.bruts.clear();
    identite.textes.clear();
    Lecture::reprise(contenu, identite)
}

/// Le fait annulé qui disait la même chose, s'il y en a un : le registre la connaît encore.
fn annulee(lu: &Lu, dossier: &Dossier, nature: Nature, contenu: &Contenu) -> Option<String> {
    lu.charge
        .faits
        .iter()
        .rev()
        .find(|fait| {
            matches!(&fait.acte, Acte::NoticeRecue(r) if r.nature == Some(nature) && r.contenu == *contenu)
                && dossier.notices.iter().all(|n| n.fait != fait.id)
        })
        .map(|fait| fait.id.clone())
}

/// Le fait qui a reçu cette notice, s'il compte encore.
fn en_vigueur(lu: &Lu, nature: Nature, contenu: &Contenu) -> Option<String> {
    let dossier = lu.charge.dossier();
    lu.charge
        .faits
        .iter()
        .rev()
        .filter(|fait| {
            matches!(&fait.acte, Acte::NoticeRecue(r) if r.nature == Some(nature) && r.contenu == *contenu)
        })
        .find(|fait| dossier.notices.iter().any(|n| n.fait == fait.id))
        .map(|fait| fait.id.clone())
}

/// Le dossier, si la personne peut encore le lire : un partenaire signale parfois un ménage confié à un autre.
async fn relire(guichet: &Guichet<'_>, reference: &str) -> Result<Option<Lu>, Arret> {
    match par_reference(guichet.maison, guichet.agent, reference).await {
        Ok(lu) => Ok(Some(lu)),
        Err(Echec::Habilitation(_)) => Ok(None),
        Err(echec) => Err(echec.into()),
    }
}

fn repondre(
    guichet: &Guichet<'_>,
    recue: resultat::Reponse,
    lu: Option<Lu>,
    nature: Nature,
    contenu: &Contenu,
    reference: &str,
) -> Result<Reponse, Arret> {
    let fait = lu.as_ref().and_then(|lu| en_vigueur(lu, nature, contenu));
    let anomalies = match (&lu, &fait) {
        (Some(lu), Some(fait)) => guichet.anomalies(lu, fait)?,
        _ => recue.anomalies,
    };
    Ok(if recue.statut == Statut::Doublon {
        Reponse::doublon(fait, reference, anomalies)
    } else {
        Reponse::consigne(fait, reference, anomalies)
    })
}

fn cadre<'a>(
    guichet: &Guichet<'a>,
    depot: &'a Depot,
    profil: &'a Profil,
    piece: PieceId,
    deja_traitees: Option<i64>,
) -> Cadre<'a> {
    Cadre {
        stockage: &guichet.maison.stockage,
        depot,
        profil,
        piece,
        fichier: "",
        reprise: false,
        deja_traitees,
        aujourd_hui: guichet.aujourd_hui,
        maintenant: guichet.maintenant,
    }
}

/// Le dossier que cette notice rejoindrait sans question.
pub(super) async fn reconnaitre(
    guichet: &Guichet<'_>,
    depot: &Depot,
    profil: &Arc<Profil>,
    preparee: &Preparee,
) -> Result<Option<String>, Arret> {
    let cadre = cadre(guichet, depot, profil, PieceId(0), None);
    Ok(lot::reconnaitre(&cadre, preparee).await?)
}

/// Inscrit la ligne comme une pièce reçue, et la notice au registre.
pub(super) async fn recevoir(
    guichet: &Guichet<'_>,
    depot: &Depot,
    profil: &Arc<Profil>,
    mut preparee: Preparee,
    objet: &Map<String, Value>,
) -> Result<resultat::Reponse, Arret> {
    let octets = serde_json::to_vec(&[objet]).unwrap_or_default();
    let nature = preparee.notice.nature.code();
    let piece = PieceADeposer {
        nom: format!("acte-{nature}-{}.json", guichet.maintenant.strftime("%Y%m%d-%H%M%S")),
        emetteur: depot.emetteur().map_or_else(String::new, cle_emetteur),
        nature: nature.to_owned(),
        empreinte: hex::encode(Sha256::digest(&octets)),
        recu_le: guichet.maintenant,
        garde: Garde::Entiere,
    };
    let stockage = &guichet.maison.stockage;
    let piece = match stockage.deposer(depot, &piece, octets.as_slice()).await? {
        Depose::Nouvelle(piece) | Depose::Connue(piece) => piece,
    };
    let finie = piece.etat == EtatDePiece::Termine;
    if finie {
        // Les mêmes octets, consignés de nouveau après une annulation : une ligne de plus, la même pièce.
        let deja = stockage.resultats(piece.id, None, i64::from(i16::MAX)).await?;
        preparee.ordre = deja.last().map_or(0, |r| r.ordre + 1);
    }
    let cadre = cadre(guichet, depot, profil, piece.id, (!finie).then_some(piece.traitees));
    let mut reponses = lot::ecrire(&cadre, &[preparee], EtatDePiece::Termine).await?;
    reponses.pop().ok_or_else(|| refus("", "L'acte n'a pas été reçu : recommencez.").into())
}
