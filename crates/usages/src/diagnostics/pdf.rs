//! Le diagnostic, en PDF : ce que des personnes ont enregistré, et rien que cela.

use ccapex::diagnostic::Genre;
use ccapex::partenaires::agent::Agent;
use documents::imprime::diagnostic::{Champ, Diagnostic, Envoi, Rubrique};
use documents::imprime::{Imprime, Tete};
use droit::jour::Jour;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::courriers::pdf::Pdf;
use crate::diagnostics::lire::{DiagnosticLu, RubriqueLue, Transmission, lire, lire_l_envoi};
use crate::echec::Echec;
use crate::imprimes::imprimer_hors_du_fil;
use crate::maison::Maison;

/// Le diagnostic, en PDF. Incomplet, il se dit projet et liste ce qui manque.
///
/// # Erreurs
///
/// Comme [`lire`] ; [`Echec::Lettre`] si le modèle du territoire ne se compose pas.
pub async fn pdf(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Pdf, Echec> {
    let lu = lire(maison, agent, reference, aujourd_hui, maintenant).await?;
    imprimer(maison, &lu, aujourd_hui, "diagnostic").await
}

/// Le diagnostic tel qu'il est parti : le même document, octet pour octet, quoi qu'on écrive depuis.
///
/// # Erreurs
///
/// Comme [`pdf`] ; [`Echec::Refus`] s'il n'est pas parti.
pub async fn pdf_envoye(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Pdf, Echec> {
    let envoye = lire_l_envoi(maison, agent, reference, aujourd_hui, maintenant).await?;
    match envoye.as_ref().and_then(|lu| lu.transmis.as_ref().map(|envoi| (lu, envoi.le))) {
        Some((lu, le)) => imprimer(maison, lu, le, "diagnostic-envoye").await,
        None => Err(Echec::Refus(
            "Ce diagnostic n'est pas encore envoyé : aucun envoi n'est au journal. Ouvrez le diagnostic en cours, ou notez l'envoi."
                .to_owned(),
        )),
    }
}

async fn imprimer(maison: &Maison, lu: &DiagnosticLu, le: Date, quoi: &str) -> Result<Pdf, Echec> {
    let modeles = maison.modeles(&lu.profil)?;
    let nom = format!("{}-{quoi}.pdf", lu.reference);
    imprimer_hors_du_fil(modeles, Imprime::Diagnostic(imprimable(lu, le)), nom).await
}

fn imprimable(lu: &DiagnosticLu, le: Date) -> Diagnostic {
    let avant_le = lu.avant_le.as_ref();
    let limite = avant_le.map(|c| c.valeur);
    Diagnostic {
        tete: Tete {
            emetteur: vec![
                "Commission de coordination des actions de prévention des expulsions locatives"
                    .to_owned(),
                lu.organisme.clone(),
            ],
            reference: lu.reference.clone(),
            date: le,
        },
        menage: lu.menage.clone(),
        logement: lu.logement.clone(),
        audience: lu.audience.map(|a| Jour(a).to_string()),
        envoi: Envoi {
            avant_le: avant_le.map(|c| {
                let motifs = c.motifs.iter().map(ToString::to_string).collect();
                (Jour(c.valeur).to_string(), motifs)
            }),
            transmis_le: lu.transmis.as_ref().map(|t| (Jour(t.le).to_string(), preuve(t))),
            tardif: lu.transmis.as_ref().zip(limite).is_some_and(|(t, limite)| t.le > limite),
        },
        rubriques: lu.rubriques.iter().map(rubrique).collect(),
        manques: lu.manques.clone(),
    }
}

fn preuve(envoi: &Transmission) -> String {
    format!("acte n° {} du journal de ce dossier, daté du {}", envoi.rang, Jour(envoi.le))
}

/// Une rubrique que personne n'a enregistrée reste vide : une proposition n'est pas une déclaration.
fn rubrique(lue: &RubriqueLue) -> Rubrique {
    let ecrits = lue.champs.iter().filter(|c| !c.propose && !c.valeur.is_empty());
    Rubrique {
        titre: lue.rubrique.titre.to_owned(),
        champs: ecrits
            .map(|c| Champ {
                libelle: c.champ.libelle.to_owned(),
                valeur: c.champ.en_mots(&c.valeur),
                texte: c.champ.genre == Genre::Texte,
            })
            .collect(),
    }
}
