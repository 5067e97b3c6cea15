//! Le diagnostic, en PDF : ce que des personnes ont enregistré, et rien que cela.

use ccapex::diagnostic::Genre;
use ccapex::partenaires::agent::Agent;
use documents::imprime::diagnostic::{Champ, Diagnostic, Envoi, Rubrique};
use documents::imprime::{Imprime, Tete};
use droit::jour::Jour;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::courriers::pdf::Pdf;
use crate::diagnostics::lire::{DiagnosticLu, RubriqueLue, lire};
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
    let modeles = maison.modeles(&lu.profil)?;
    let nom = format!("{}-diagnostic.pdf", lu.reference);
    let imprime = Imprime::Diagnostic(imprimable(&lu, aujourd_hui));
    imprimer_hors_du_fil(modeles, imprime, nom).await
}

fn imprimable(lu: &DiagnosticLu, aujourd_hui: Date) -> Diagnostic {
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
            date: aujourd_hui,
        },
        menage: lu.menage.clone(),
        logement: lu.logement.clone(),
        audience: lu.audience.map(|a| Jour(a).to_string()),
        envoi: Envoi {
            avant_le: avant_le.map(|c| {
                let motifs = c.motifs.iter().map(ToString::to_string).collect();
                (Jour(c.valeur).to_string(), motifs)
            }),
            transmis_le: lu.transmis.map(|(le, rang)| (Jour(le).to_string(), preuve(le, rang))),
            tardif: lu.transmis.zip(limite).is_some_and(|((le, _), limite)| le > limite),
        },
        rubriques: lu.rubriques.iter().map(rubrique).collect(),
        manques: lu.manques.clone(),
    }
}

fn preuve(le: Date, rang: Option<i64>) -> String {
    let acte = rang.map_or_else(|| "acte".to_owned(), |rang| format!("acte n° {rang}"));
    format!("{acte} du journal de ce dossier, daté du {}", Jour(le))
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
