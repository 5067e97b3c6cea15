//! Le registre des réceptions : les fichiers reçus, et ce que chaque ligne est devenue.

use std::collections::BTreeMap;

use ccapex::identifiants::PieceId;
use ccapex::notice::{Contenu, Nature};
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::habilitation::Vue;
use ccapex::signalement::anomalies::{Anomalie, anomalies};
use ccapex::signalement::examen::{Contexte, Examen, examiner};
use jiff::civil::Date;
use stockage::notice::{Recue, Resultat};
use stockage::piece::{EtatDePiece, Piece};

use crate::completer::completee::Completee;
use crate::dossiers::charger::par_id;
use crate::echec::Echec;
use crate::maison::Maison;

/// Une ligne d'un fichier, et ce qu'elle est devenue.
#[derive(Clone, Debug)]
pub struct LigneDuRegistre {
    /// La ligne et sa notice, première ou répétée.
    pub resultat: Resultat,
    /// Ce que la notice annonce.
    pub nature: Nature,
    /// Le ménage que la ligne nomme ; vide quand elle est hors du périmètre, ou effacée.
    pub menage: String,
    /// La référence du dossier, si la personne peut le lire.
    pub dossier: Option<String>,
    /// Ce qu'on conclut de la notice et pourquoi ; rien quand elle est hors du périmètre.
    pub examen: Option<Examen>,
    /// Ses irrégularités.
    pub anomalies: Vec<Anomalie>,
}

impl LigneDuRegistre {
    /// La réponse donnée à cette ligne, dans les mots du contrat.
    #[must_use]
    pub fn statut(&self) -> &str {
        reponse(&self.resultat)
    }
}

/// La réponse d'une ligne relue depuis : elle ne compte plus, et garde sa place.
pub const REMPLACEE: &str = "remplacee";

/// Les fichiers reçus, les derniers d'abord.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn pieces(
    maison: &Maison,
    agent: &Agent,
    avant: Option<PieceId>,
    limite: i64,
) -> Result<Vec<Piece>, Echec> {
    Ok(maison.stockage.pieces_recentes(&agent.perimetre(), avant, limite).await?)
}

/// Un fichier reçu.
///
/// # Erreurs
///
/// [`Echec::Base`] introuvable hors du périmètre.
pub async fn piece(maison: &Maison, agent: &Agent, id: PieceId) -> Result<Piece, Echec> {
    Ok(maison.stockage.piece(&agent.perimetre(), id).await?)
}

/// Les lignes d'un fichier, dans son ordre, après ce rang.
///
/// # Erreurs
///
/// [`Echec::Base`] introuvable hors du périmètre.
pub async fn lignes(
    maison: &Maison,
    agent: &Agent,
    piece: PieceId,
    apres: Option<i64>,
    limite: i64,
    aujourd_hui: Date,
) -> Result<Vec<LigneDuRegistre>, Echec> {
    maison.stockage.piece(&agent.perimetre(), piece).await?;
    let mut lignes = Vec::new();
    for resultat in maison.stockage.resultats(piece, apres, limite).await? {
        lignes.push(ligne(maison, agent, resultat, aujourd_hui).await?);
    }
    Ok(lignes)
}

/// Combien de lignes ont reçu chaque réponse, parmi les premières.
///
/// # Erreurs
///
/// [`Echec::Base`] introuvable hors du périmètre.
pub async fn comptes(
    maison: &Maison,
    agent: &Agent,
    piece: PieceId,
    limite: i64,
) -> Result<BTreeMap<String, u64>, Echec> {
    maison.stockage.piece(&agent.perimetre(), piece).await?;
    let mut comptes = BTreeMap::new();
    for resultat in maison.stockage.resultats(piece, None, limite).await? {
        *comptes.entry(reponse(&resultat).to_owned()).or_default() += 1;
    }
    Ok(comptes)
}

/// Les octets d'un fichier, tels que reçus. Il peut nommer des ménages d'autres territoires : il ne
/// se rend qu'à qui l'a déposé ou envoyé, et au secrétariat de tout le profil.
///
/// # Erreurs
///
/// [`Echec::Base`] introuvable hors du périmètre, [`Echec::Refus`] pour qui n'en est pas l'origine.
pub async fn octets(
    maison: &Maison,
    agent: &Agent,
    id: PieceId,
) -> Result<(Piece, Vec<u8>), Echec> {
    let piece = piece(maison, agent, id).await?;
    let sienne = agent.perimetre().emetteur() == Some(piece.emetteur.as_str());
    let tait = !sienne && maison.stockage.piece_d_un_restreint(&agent.perimetre(), id).await?;
    if tait || !se_rend_a(&piece, agent) {
        return Err(Echec::Refus(
            "Ce fichier a été déposé par quelqu'un d'autre et peut nommer des ménages d'un autre territoire. \
             Demandez-le au secrétariat de la commission."
                .to_owned(),
        ));
    }
    let octets = maison.stockage.octets(&piece).await?;
    if octets.is_empty() && piece.taille > 0 && piece.etat == EtatDePiece::Refuse {
        return Err(Echec::Refus(format!(
            "Ce fichier n'est plus gardé, ou ne l'a jamais été. {}",
            piece.motif
        )));
    }
    if octets.is_empty() && piece.taille > 0 {
        return Err(Echec::Refus(
            "Ce fichier n'est plus gardé : la durée de conservation du profil est passée, et deux avis l'ont \
             annoncé. Son empreinte, sa date et ce que ses lignes sont devenues restent ici."
                .to_owned(),
        ));
    }
    Ok((piece, octets))
}

/// Le fichier d'origine est à la portée de cette personne.
#[must_use]
pub fn se_rend_a(piece: &Piece, agent: &Agent) -> bool {
    matches!(agent.role, Role::SecretariatCentral | Role::CommissaireDeJustice)
        || (agent.peut_deposer().is_ok() && piece.deposant == agent.id)
}

/// La réponse donnée à une ligne, dans les mots du contrat.
fn reponse(resultat: &Resultat) -> &str {
    match resultat.recue {
        Recue::Deja => "doublon",
        Recue::PremiereFois if resultat.notice.est_remplacee() => REMPLACEE,
        Recue::PremiereFois => &resultat.notice.statut,
    }
}

async fn ligne(
    maison: &Maison,
    agent: &Agent,
    resultat: Resultat,
    aujourd_hui: Date,
) -> Result<LigneDuRegistre, Echec> {
    let registre = &resultat.notice;
    let profil = maison.profil(&registre.profil)?;
    let nature = Nature::de_code(&registre.nature).unwrap_or(Nature::Alerte);
    let mut ligne = LigneDuRegistre {
        nature,
        menage: String::new(),
        dossier: None,
        examen: None,
        anomalies: Vec::new(),
        resultat: resultat.clone(),
    };
    let Some(id) = registre.dossier else {
        let contenu: Contenu = serde_json::from_str(&registre.contenu).unwrap_or_default();
        let nomme = registre.motif != "locataire_nom";
        ligne.examen = la_sienne(agent, &resultat)
            .then(|| examiner(nature, &contenu, nomme, &profil, aujourd_hui, Contexte::default()));
        if ligne.examen.is_some() {
            let identites =
                maison.stockage.identites_des_notices(&agent.perimetre(), &[registre.id]).await?;
            let (_, identite) = Completee::lire(&registre.contenu, identites.get(&registre.id.0));
            ligne.menage = identite.nom_affiche();
        }
        return Ok(ligne);
    };
    // Le contenu d'une notice qui a un dossier est dans son journal ; hors du périmètre, il se tait.
    let lu = match par_id(maison, agent, id).await {
        Ok(lu) => lu,
        Err(Echec::Habilitation(_)) => return Ok(ligne),
        Err(echec) => return Err(echec),
    };
    let dossier = lu.charge.dossier();
    let mut contexte = Contexte::default();
    for notice in &dossier.notices {
        if notice.notice == registre.id {
            let examen =
                examiner(nature, &notice.contenu, true, &profil, notice.jugee_le, contexte);
            ligne.examen = Some(examen);
            ligne.menage = lu.charge.identite(notice).nom_affiche();
            ligne.anomalies = anomalies(nature, &notice.contenu, &dossier.commandements());
        }
        contexte.apprend(notice);
    }
    ligne.dossier = Some(lu.vue.reference);
    Ok(ligne)
}

/// Un fichier mêle parfois plusieurs territoires : chaque sous-commission lit le détail des siens.
fn la_sienne(agent: &Agent, resultat: &Resultat) -> bool {
    match agent.perimetre().vue() {
        Vue::SousCommission(code) => {
            let ou = &resultat.notice.sous_commission;
            ou.is_empty() || ou == code
        }
        Vue::Profil | Vue::Service(_) | Vue::Parties | Vue::Chiffres => true,
    }
}
