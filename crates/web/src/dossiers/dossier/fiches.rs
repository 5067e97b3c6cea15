//! Les encarts d'un dossier : service, ménage, logement, dette.

use ccapex::acte::Quoi;
use ccapex::partenaires::habilitation::Portee;
use usages::dossiers::ouvrir::{DossierOuvert, NoticeLue};

use super::Fiche;
use crate::mots;
use crate::noms::Noms;

pub(super) fn fiches(ouvert: &DossierOuvert, noms: &Noms) -> Vec<Fiche> {
    let derniere = ouvert.notices.iter().rev().find(|n| !n.notice.corrigee);
    let mut fiches = Vec::new();
    if ouvert.portee == Portee::Entier {
        fiches.push(service(ouvert, noms, derniere));
    }
    let nommante = ouvert.dossier.nommante().map(|n| n.notice);
    let nommee = ouvert.notices.iter().find(|n| Some(n.notice.notice) == nommante).or(derniere);
    if let Some((notice, nommee)) = derniere.zip(nommee) {
        fiches.push(menage(nommee));
        fiches.push(logement(ouvert, notice));
    }
    fiches
}

/// Les lignes dont la valeur est connue.
fn connues<const N: usize>(lignes: [(&str, Option<String>); N]) -> Vec<(String, String)> {
    lignes
        .into_iter()
        .filter_map(|(titre, valeur)| {
            valeur.filter(|v| !v.is_empty()).map(|v| (titre.to_owned(), v))
        })
        .collect()
}

fn service(ouvert: &DossierOuvert, noms: &Noms, derniere: Option<&NoticeLue>) -> Fiche {
    let prise = ouvert.dossier.actes.iter().rev().find_map(|a| {
        let Quoi::PriseEnCharge { issue, .. } = &a.consigne.quoi else { return None };
        Some((*issue, a.consigne.date))
    });
    let provisoire = "par défaut, tant qu'une réponse manque".to_owned();
    Fiche {
        titre: "Service en charge".to_owned(),
        lignes: connues([
            ("Service", Some(noms.service(&ouvert.situation.service))),
            ("Désigné", ouvert.situation.service_provisoire.then_some(provisoire)),
            (
                "Prise en charge",
                prise.map(|(issue, le)| format!("{} le {}", issue.libelle(), mots::jour(le))),
            ),
        ]),
        motifs: derniere.map(|n| n.examen.explication.clone()).unwrap_or_default(),
    }
}

fn menage(notice: &NoticeLue) -> Fiche {
    let (identite, contenu) = (&notice.identite, &notice.notice.contenu);
    let naissance = identite.naissance.map(|jour| format!(", né(e) le {}", mots::jour(jour)));
    let dit = |n: Option<u16>, un: &str, plusieurs: &str| {
        n.map(|n| mots::compte(u64::from(n), un, plusieurs))
    };
    let composition: Vec<String> = [
        dit(contenu.nombre_adultes, "adulte", "adultes"),
        dit(contenu.nombre_enfants, "enfant", "enfants"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let oui_non = |oui: bool| if oui { "oui" } else { "non" }.to_owned();
    Fiche {
        titre: "Ménage".to_owned(),
        lignes: connues([
            (
                "Locataire",
                Some(format!("{}{}", identite.nom_affiche(), naissance.unwrap_or_default())),
            ),
            ("Composition", Some(composition.join(", "))),
            ("Téléphone", Some(identite.telephone.clone())),
            ("Courriel", Some(identite.courriel.clone())),
            ("Aide au logement", contenu.aide_logement.map(oui_non)),
            ("Occupation", contenu.occupation.as_deref().map(|o| o.replace('_', " "))),
        ]),
        motifs: vec![],
    }
}

fn logement(ouvert: &DossierOuvert, notice: &NoticeLue) -> Fiche {
    let (identite, contenu) = (&notice.identite, &notice.notice.contenu);
    let bailleur = [identite.bailleur_nom.as_str(), contenu.bailleur_type.libelle()]
        .into_iter()
        .filter(|texte| !texte.is_empty())
        .collect::<Vec<_>>()
        .join(" — ");
    Fiche {
        titre: "Logement, bail et dette".to_owned(),
        lignes: connues([
            ("Adresse", Some(ouvert.vue.adresse.clone())),
            ("Bailleur", Some(bailleur)),
            ("Adresse du bailleur", Some(identite.bailleur_adresse.clone())),
            ("Bail signé le", contenu.date_bail.map(mots::jour)),
            ("Reconduit le", contenu.bail_reconduit_le.map(mots::jour)),
            ("Régime", contenu.regime.as_deref().map(|r| r.replace('_', " "))),
            ("Loyer hors charges", contenu.loyer_hors_charges.map(|m| m.to_string())),
            ("Charges", contenu.charges.map(|m| m.to_string())),
            ("Dette", ouvert.dossier.dette.map(|(le, m)| format!("{m} au {}", mots::jour(le)))),
            ("Impayé depuis le", contenu.impaye_depuis.map(mots::jour)),
        ]),
        motifs: vec![],
    }
}
