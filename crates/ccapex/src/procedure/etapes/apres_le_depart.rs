//! La procédure est finie, ou la dette réglée : reste à savoir ce que le ménage est devenu.

use droit::jour::Jour;
use jiff::civil::Date;

use super::Vue;
use super::demande::Demande;
use crate::cours::etat::{EtatParallele, Stade};
use crate::procedure::etape::Etape;

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    let Some((le, quoi, pourquoi)) = fin(vue) else { return };
    if vue.cours.stade == Stade::ExpulsionRealisee {
        apres_l_expulsion(le, vue, suite);
    }
    let demande = vue
        .a_faire("constater_l_issue", vue.service, quoi)
        .car(format!("{pourquoi} le {}", Jour(le)))
        .car("un dossier se clôt sur l'issue du ménage, non sur celle de la procédure (charte, II.3)");
    suite.push(chercher_encore(demande, le, vue));
}

/// Ce qui finit la procédure, s'il est arrivé : quand, quoi faire, pourquoi.
fn fin(vue: &Vue<'_>) -> Option<(Date, &'static str, &'static str)> {
    let procedure = &vue.cours.procedure;
    let constater = "constater l'issue du ménage : logé, hébergé, sans nouvelles";
    let stade = vue.cours.stade;
    if stade == Stade::ExpulsionRealisee {
        return Some((procedure.expulse_le?, constater, "expulsion réalisée"));
    }
    if stade.parti() {
        return Some((procedure.parti_le?, constater, "ménage parti"));
    }
    if stade >= Stade::ExpulsionOrdonnee {
        return None;
    }
    if let Some(le) = procedure.nouveau_bail_le.filter(|_| stade == Stade::BailEnCours) {
        let quoi = "constater que le ménage reste, avec son nouveau bail";
        return Some((le, quoi, "nouveau bail signé"));
    }
    if let Some(le) = procedure.renonce_le.filter(|_| stade == Stade::BailEnCours) {
        let quoi = "constater l'issue du ménage, et ce qu'il reste à régler";
        return Some((le, quoi, "procédure abandonnée"));
    }
    let dette = &vue.cours.dette;
    let reglee_le = dette.reglee_le.or(dette.reste.map(|(le, _)| le))?;
    if !vue.solde() || vue.engage() {
        return None;
    }
    let quoi = if stade < Stade::CdpSignifie {
        "constater l'issue pour le ménage : la dette est réglée"
    } else {
        "obtenir du bailleur qu'il arrête la procédure, puis constater l'issue pour le ménage"
    };
    Some((reglee_le, quoi, "dette réglée"))
}

/// Chaque tentative vaine donne un nouveau délai ; le profil dit combien il en faut.
fn chercher_encore(demande: Demande<'_>, le: Date, vue: &Vue<'_>) -> Etape {
    let exigees = usize::from(vue.profil.tentatives_avant_sans_nouvelles());
    let tentatives = vue.cours.tentatives.range(le..).count();
    match vue.cours.tentatives.last().filter(|_| tentatives > 0) {
        None => demande.dans_apres("issue", le),
        Some(derniere) => demande
            .car(format!(
                "{tentatives} jour{} de tentatives depuis ; il en faut {exigees} en tout pour conclure « sans nouvelles » (choix du profil)",
                if tentatives > 1 { "s" } else { "" }
            ))
            .dans_apres("issue", *derniere),
    }
}

/// Un ménage expulsé entre dans les voies prioritaires, et reprend ses meubles à temps.
fn apres_l_expulsion(le: Date, vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    let loge = [EtatParallele::Relogement, EtatParallele::HebergementSiao]
        .iter()
        .any(|e| vue.cours.est(*e));
    if !loge {
        suite.push(
            vue.a_faire(
                "accompagner_l_expulsion",
                vue.service,
                "inscrire le ménage dans les filières prioritaires : SIAO, DALO, contingent, PLAI, mutation",
            )
            .car(format!(
                "expulsé le {} : les ménages expulsés y sont inscrits d'office (charte, IV.3, étape 3)",
                Jour(le)
            ))
            .dans_apres("reattribuer", le),
        );
    }
    suite.push(
        vue.a_faire("meubles_retrait", vue.service, "aider le ménage à reprendre ses meubles")
            .car(format!("expulsé le {}", Jour(le)))
            .selon_la_loi("meubles_retrait", le, "relogement"),
    );
}
