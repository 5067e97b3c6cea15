//! Faire partir les courriels de la boîte de départ, la lettre en pièce jointe.

use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use stockage::courrier::EtatDeCourrier;
use stockage::depart::{DEMANDE, Depart, EtatDeDepart, RESUME, SANS_LETTRE};

use crate::compte::invitations::texte_du_depart;
use crate::courriers::modeles::numero;
use crate::courriers::pdf::pdf;
use crate::courriers::suivre::changer_l_etat;
use crate::echec::Echec;
use crate::maison::Maison;

/// Le serveur d'envoi, tel que l'installation le donne.
pub struct Expediteur {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    de: Mailbox,
    /// L'adresse publique du service, pour les liens.
    url: String,
}

impl Expediteur {
    /// Lit l'adresse du serveur et celle de l'expéditeur ; `service` est l'adresse publique de Seuil.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] dit laquelle ne se lit pas, avec un exemple.
    pub fn new(url: &str, de: &str, service: &str) -> Result<Self, Echec> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| {
                Echec::Refus("L'adresse du serveur d'envoi ne se lit pas. Exemple : --smtp smtps://identifiant:secret@courrier.exemple.fr".to_owned())
            })?
            .build();
        let de = de.parse().map_err(|_| {
            Echec::Refus(format!("« {de} » n'est pas une adresse d'expédition. Exemple : --expediteur ccapex@exemple.fr"))
        })?;
        Ok(Self { transport, de, url: service.to_owned() })
    }
}

/// Fait partir un courriel en attente. Rend `false` quand la boîte est vide.
///
/// Un échec est noté dans la boîte et dans le dossier : la lettre redevient visible, à imprimer.
///
/// # Erreurs
///
/// [`Echec`] de la base.
pub async fn expedier_un(
    maison: &Maison,
    expediteur: &Expediteur,
    aujourd_hui: Date,
    maintenant: Timestamp,
    hasard: [u8; 32],
) -> Result<bool, Echec> {
    let Some(depart) = maison.stockage.prendre_depart(maintenant).await? else { return Ok(false) };
    let envoi = match depart.courrier {
        SANS_LETTRE => inviter(maison, expediteur, &depart, maintenant, hasard).await,
        RESUME | DEMANDE => sans_piece(expediteur, &depart, depart.corps.clone()).await,
        _ => envoyer(maison, expediteur, &depart).await,
    };
    match envoi {
        Ok(()) => {
            maison.stockage.changer_depart(depart.id, EtatDeDepart::Envoye, "", maintenant).await?
        }
        Err(raison) => {
            maison
                .stockage
                .changer_depart(depart.id, EtatDeDepart::Echec, &raison, maintenant)
                .await?;
            let lettre = match depart.courrier {
                SANS_LETTRE | RESUME => None,
                DEMANDE => lettre_de_la_demande(maison, depart.id).await?,
                lettre => Some(lettre),
            };
            if let Some(lettre) = lettre {
                noter_l_echec(maison, lettre, aujourd_hui, maintenant).await?;
            }
        }
    }
    Ok(true)
}

/// La lettre qu'une demande à l'émetteur a fait noter envoyée, si elle l'est encore.
async fn lettre_de_la_demande(maison: &Maison, depart: i64) -> Result<Option<i64>, Echec> {
    for profil in maison.profils() {
        let programme = Agent::programme(&profil.departement).perimetre();
        let Some(notice) = maison.stockage.notice_demandee(&programme, depart).await? else {
            continue;
        };
        let lettre = numero(notice, "demande_complement");
        return match maison.stockage.courrier(lettre).await {
            Ok(vue) => Ok((vue.etat == EtatDeCourrier::Envoye).then_some(lettre)),
            Err(stockage::echec::Echec::Introuvable) => Ok(None),
            Err(autre) => Err(autre.into()),
        };
    }
    Ok(None)
}

/// La lettre n'est pas partie : son dossier le dit, au nom du programme.
async fn noter_l_echec(
    maison: &Maison,
    lettre: i64,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<(), Echec> {
    let Some(dossier) = maison.stockage.courrier(lettre).await?.dossier else { return Ok(()) };
    let programme = Agent::programme(&maison.stockage.situation_par_id(dossier).await?.profil);
    let etat = EtatDeCourrier::Echec;
    changer_l_etat(maison, &programme, &[lettre], etat, aujourd_hui, maintenant).await
}

/// Une invitation : son lien se tire maintenant, et n'est gardé nulle part.
async fn inviter(
    maison: &Maison,
    expediteur: &Expediteur,
    depart: &Depart,
    quand: Timestamp,
    hasard: [u8; 32],
) -> Result<(), String> {
    let texte = texte_du_depart(maison, depart, &expediteur.url, quand, hasard)
        .await
        .map_err(|e| e.to_string())?
        .ok_or_else(|| "l'invitation a été annulée, ou a déjà servi".to_owned())?;
    sans_piece(expediteur, depart, texte).await
}

async fn sans_piece(expediteur: &Expediteur, depart: &Depart, texte: String) -> Result<(), String> {
    let message = Message::builder()
        .from(expediteur.de.clone())
        .to(lire_l_adresse(depart)?)
        .subject(&depart.objet)
        .singlepart(SinglePart::plain(texte))
        .map_err(|e| e.to_string())?;
    remettre(expediteur, message).await
}

fn lire_l_adresse(depart: &Depart) -> Result<Mailbox, String> {
    depart.a.parse().map_err(|_| "l'adresse du destinataire ne se lit pas".to_owned())
}

async fn envoyer(maison: &Maison, expediteur: &Expediteur, depart: &Depart) -> Result<(), String> {
    let vue = maison.stockage.courrier(depart.courrier).await.map_err(|e| e.to_string())?;
    let dossier = vue.dossier.ok_or_else(|| "la lettre n'a plus de dossier".to_owned())?;
    let profil = maison.stockage.situation_par_id(dossier).await.map_err(|e| e.to_string())?.profil;
    let lettre = pdf(maison, &Agent::programme(&profil), depart.courrier)
        .await
        .map_err(|e| e.to_string())?;
    let a = lire_l_adresse(depart)?;
    let en_pdf = ContentType::parse("application/pdf").map_err(|e| e.to_string())?;
    let message = Message::builder()
        .from(expediteur.de.clone())
        .to(a)
        .subject(&depart.objet)
        .multipart(
            MultiPart::mixed()
                .singlepart(SinglePart::plain(depart.corps.clone()))
                .singlepart(Attachment::new(lettre.nom).body(lettre.octets, en_pdf)),
        )
        .map_err(|e| e.to_string())?;
    remettre(expediteur, message).await
}

async fn remettre(expediteur: &Expediteur, message: Message) -> Result<(), String> {
    // La réponse d'un serveur peut citer l'adresse : on garde son code, pas son texte.
    expediteur.transport.send(message).await.map(drop).map_err(|e| {
        e.status().map_or_else(
            || {
                "le serveur d'envoi n'a pas répondu : vérifiez son adresse, puis réessayez"
                    .to_owned()
            },
            |code| format!("le serveur d'envoi a refusé le message (code {code})"),
        )
    })
}
