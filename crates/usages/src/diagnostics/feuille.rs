//! La feuille de route des visites d'un jour.

use ccapex::cours::Cours;
use ccapex::cours::horloge::Horloge;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Portee, Refus};
use documents::imprime::feuille_de_route::{FeuilleDeRoute, Visite};
use documents::imprime::{Imprime, Tete};
use droit::jour::Jour;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::courriers::pdf::Pdf;
use crate::dossiers::charger::{Lu, par_reference};
use crate::echec::Echec;
use crate::imprimes::imprimer_hors_du_fil;
use crate::maison::Maison;
use crate::vue::adresse_affichee;

/// Une journée de visites, pas un fichier de ménages.
pub const VISITES_MAX: usize = 60;

/// Les visites d'un jour, par commune puis par adresse. Chaque dossier lu s'inscrit au registre.
///
/// Les dossiers viennent d'ordinaire de la liste « audience proche, sans contact ».
///
/// # Erreurs
///
/// [`Echec::Refus`] sans dossier choisi ou au-delà de [`VISITES_MAX`] ; [`Echec::Habilitation`] si
/// l'un d'eux est hors du périmètre.
pub async fn feuille_de_route(
    maison: &Maison,
    agent: &Agent,
    references: &[String],
    jour: Date,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Pdf, Echec> {
    if references.is_empty() {
        return Err(Echec::Refus(
            "Aucun dossier n'est choisi : la feuille de route serait vide. Cochez les ménages à visiter, puis recommencez."
                .to_owned(),
        ));
    }
    if references.len() > VISITES_MAX {
        return Err(Echec::Refus(format!(
            "{} dossiers sont choisis : une journée en porte {VISITES_MAX} au plus. Retirez-en, ou faites deux feuilles.",
            references.len()
        )));
    }
    let mut visites = Vec::with_capacity(references.len());
    for reference in references {
        let lu = par_reference(maison, agent, reference).await?;
        if lu.lecture.portee() != Portee::Entier {
            return Err(Refus::Introuvable.into());
        }
        maison.stockage.noter_lecture(&lu.lecture, maintenant).await?;
        visites.push(visite(maison, &lu, aujourd_hui)?);
    }
    visites.sort_by(|a, b| (&a.commune, &a.adresse).cmp(&(&b.commune, &b.adresse)));
    let imprime = Imprime::FeuilleDeRoute(FeuilleDeRoute {
        tete: Tete {
            emetteur: vec![agent.organisme.clone()],
            reference: format!("Visites du {}", Jour(jour)),
            date: aujourd_hui,
        },
        jour: Jour(jour).to_string(),
        visites,
    });
    let modeles = maison.modeles(&agent.profil)?;
    imprimer_hors_du_fil(modeles, imprime, format!("feuille-de-route-{jour}.pdf")).await
}

fn visite(maison: &Maison, lu: &Lu, aujourd_hui: Date) -> Result<Visite, Echec> {
    let profil = maison.profil(&lu.vue.profil)?;
    let dossier = lu.charge.dossier();
    let horloge = Horloge::au(aujourd_hui);
    let cours = Cours::de(&dossier, profil.tentatives_avant_sans_nouvelles(), &horloge);
    let identite = dossier.nommante().map(|n| lu.charge.identite(n)).unwrap_or_default();
    let commune = territoire::commune(&lu.vue.commune)
        .map_or_else(|| identite.commune.clone(), |c| c.nom.to_owned());
    let tentatives = cours.tentatives.iter().rev().map(|le| {
        let porte = cours.dsf.portes_closes.contains(le);
        format!("{} : {}", Jour(*le), if porte { "porte close" } else { "sans réponse" })
    });
    Ok(Visite {
        commune,
        reference: lu.vue.reference.clone(),
        menage: identite.nom_affiche(),
        adresse: adresse_affichee(&identite, &lu.vue.commune),
        telephone: Some(identite.telephone.clone()).filter(|t| !t.trim().is_empty()),
        audience: cours.procedure.audience.map(|a| Jour(a).to_string()),
        tentatives: tentatives.collect(),
    })
}
