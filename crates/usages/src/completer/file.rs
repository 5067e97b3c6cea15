//! Les notices qu'on ne peut pas encore traiter, et ce qui leur manque.

use ccapex::fait::Acte;
use ccapex::identifiants::NoticeId;
use ccapex::notice::{Contenu, Identite, Nature};
use ccapex::partenaires::agent::Agent;
use ccapex::signalement::examen::{Contexte, Examen, examiner};
use ccapex::signalement::statut::champ_en_mots;
use ccapex::signalement::suite::une_fois_connu;
use documents::courriel::{Courriel, texte};
use jiff::civil::Date;
use stockage::notice::NoticeEcrite;
use tableur::champ::Champ;

use crate::completer::completee::Completee;
use crate::courriers::composer;
use crate::dossiers::charger::par_id;
use crate::echec::Echec;
use crate::maison::Maison;

/// Une notice qui attend.
#[derive(Clone, Debug)]
pub struct Attente {
    /// Sa ligne au registre.
    pub registre: NoticeEcrite,
    /// Ce qu'elle annonce.
    pub nature: Nature,
    /// Ce qu'elle dit, compléments compris.
    pub contenu: Contenu,
    /// Les personnes qu'elle nomme.
    pub identite: Identite,
    /// La référence de son dossier, si elle en a ouvert un.
    pub dossier: Option<String>,
    /// L'examen, avec ses raisons.
    pub examen: Examen,
    /// Une autre personne l'a déjà complétée : ce qu'elle dit n'est plus seulement ce que l'émetteur a envoyé.
    pub completee_par_d_autres: bool,
    /// Les champs à demander, avec leur nom et ce qui s'y lit aujourd'hui.
    pub manques: Vec<Manque>,
    /// Le courriel prêt, pour l'émetteur.
    pub courriel: Courriel,
}

/// Un champ qui manque.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manque {
    /// Son nom canonique.
    pub champ: &'static str,
    /// Comment on le demande.
    pub libelle: String,
    /// Ce que l'émetteur avait écrit, illisible.
    pub ecrit: String,
    /// Pourquoi il manque, est refusé, ou se demande.
    pub pourquoi: String,
    /// Il ne bloque pas encore, et se demandera une fois le reste connu.
    pub ensuite: bool,
}

/// La file de cette personne, les plus anciennes d'abord.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn file(
    maison: &Maison,
    agent: &Agent,
    apres: Option<NoticeId>,
    limite: i64,
    aujourd_hui: Date,
) -> Result<Vec<Attente>, Echec> {
    let notices = maison.stockage.notices_a_completer(&agent.perimetre(), apres, limite).await?;
    let mut attentes = Vec::with_capacity(notices.len());
    for notice in notices {
        attentes.push(attente(maison, agent, notice, aujourd_hui).await?);
    }
    Ok(attentes)
}

/// Une notice, dans le périmètre de cette personne.
///
/// # Erreurs
///
/// [`Echec::Base`] introuvable hors du périmètre ; [`Echec::Refus`] pour une notice remplacée.
pub async fn une(
    maison: &Maison,
    agent: &Agent,
    notice: NoticeId,
    aujourd_hui: Date,
) -> Result<Attente, Echec> {
    let notice = maison.stockage.notice(&agent.perimetre(), notice).await?;
    if notice.est_remplacee() {
        return Err(Echec::Refus(
            "Cette notice a été remplacée par une autre, reçue depuis : la compléter doublerait ses actes. \
             Retrouvez la nouvelle dans la file « À compléter », ou dans son dossier."
                .to_owned(),
        ));
    }
    attente(maison, agent, notice, aujourd_hui).await
}

async fn attente(
    maison: &Maison,
    agent: &Agent,
    registre: NoticeEcrite,
    aujourd_hui: Date,
) -> Result<Attente, Echec> {
    let profil = maison.profil(&registre.profil)?;
    let nature = Nature::de_code(&registre.nature).unwrap_or(Nature::Alerte);
    let mut completee_par_d_autres = false;
    let (contenu, identite, dossier) = match registre.dossier {
        Some(id) => {
            let lu = par_id(maison, agent, id).await?;
            completee_par_d_autres = lu.charge.faits.iter().any(|fait| {
                matches!(&fait.acte, Acte::Complement(c) if c.notice == registre.id)
                    && fait.agent != agent.id
            });
            let dossier = lu.charge.dossier();
            let suivie = dossier.notices.iter().find(|n| n.notice == registre.id);
            let contenu = suivie.map(|n| n.contenu.clone()).unwrap_or_default();
            let identite = suivie.map(|n| lu.charge.identite(n)).unwrap_or_default();
            (contenu, identite, Some(lu.vue.reference))
        }
        None => {
            let identites =
                maison.stockage.identites_des_notices(&agent.perimetre(), &[registre.id]).await?;
            let (contenu, identite) =
                Completee::lire(&registre.contenu, identites.get(&registre.id.0));
            (contenu, identite, None)
        }
    };
    let nomme = !identite.nom.trim().is_empty();
    let examen = examiner(nature, &contenu, nomme, &profil, aujourd_hui, Contexte::default());
    let suite = une_fois_connu(&examen, nature, &contenu, &profil, aujourd_hui);
    let ensuite = composer::ensuite(&examen, suite.as_ref()).map(|champ| Manque {
        champ,
        libelle: champ_en_mots(champ).to_owned(),
        ecrit: String::new(),
        pourquoi: composer::ENSUITE.to_owned(),
        ensuite: true,
    });
    let manques = examen
        .a_completer
        .iter()
        .zip(composer::manques(&examen))
        .map(|(champ, demande)| Manque {
            champ,
            pourquoi: demande.pourquoi,
            libelle: champ_en_mots(champ).to_owned(),
            ecrit: identite
                .bruts
                .get(*champ)
                .cloned()
                .unwrap_or_else(|| deja_ecrit(champ, &contenu, &identite)),
            ensuite: false,
        })
        .chain(ensuite)
        .collect();
    let lettre = composer::demande_de_complement(
        &profil,
        &composer::ADemander {
            reference: registre.reference.clone(),
            emetteur: registre.emetteur.clone(),
            dossier: dossier.clone().unwrap_or_default(),
            commune: contenu.commune.clone(),
            date_acte: contenu.date,
            locataire: identite.nom_affiche(),
            examen: &examen,
            suite: suite.as_ref(),
        },
        aujourd_hui,
    );
    Ok(Attente {
        nature,
        contenu,
        identite,
        dossier,
        manques,
        courriel: texte(&lettre),
        examen,
        completee_par_d_autres,
        registre,
    })
}

/// Ce qui est écrit et lisible, mais fait question : une date d'un dimanche, une commune inconnue.
fn deja_ecrit(champ: &str, contenu: &Contenu, identite: &Identite) -> String {
    match Champ::de_nom(champ) {
        Some(Champ::Commune) => identite.commune.clone(),
        Some(Champ::DateSignification | Champ::DateAssignation | Champ::Date) => {
            contenu.date.map_or_else(String::new, |d| d.strftime("%d/%m/%Y").to_string())
        }
        _ => String::new(),
    }
}
