//! La commission : saisines et alertes sans réponse, avis sans suite, cas complexes, mesures activées.

use droit::jour::Jour;
use jiff::civil::Date;

use super::{CELLULE, PREFET, SECRETARIAT, SOUS_COMMISSION, Vue};
use crate::acte::codes::{CodeDAlerte, IssueDeComplexite, IssueDeDispositif};
use crate::coordination::alertes::{Attente, attentes};
use crate::dossier::Suivie;
use crate::notice::Nature;
use crate::procedure::etape::Etape;

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    suite.extend(vue.dossier.en_vigueur().filter_map(|n| repondre_a_la_saisine(n, vue)));
    repondre_aux_alertes(vue, suite);
    suite.extend(avis_sans_suite(vue));
    suite.extend(inscrire(vue));
    if !vue.cours.stade.parti() {
        suite.extend(mesures(vue));
    }
}

fn repondre_a_la_saisine(notice: &Suivie, vue: &Vue<'_>) -> Option<Etape> {
    let saisine = matches!(
        notice.nature,
        Nature::Alerte | Nature::SaisineBailleur | Nature::SignalementImpaye
    );
    let repondue = |le: Option<Date>| le.is_some_and(|le| le >= notice.recue_le);
    let avis = vue.cours.avis.iter().map(|a| a.le).max();
    if !saisine || repondue(vue.dossier.situation_confirmee_le) || repondue(avis) {
        return None;
    }
    // La réponse à un acte trop ancien commence par sa confirmation.
    if notice.contenu.date.is_some_and(|le| vue.profil.est_trop_ancien(le, notice.recue_le)) {
        return None;
    }
    let origine = notice.contenu.mot("origine").unwrap_or("autre");
    let reponse = vue.profil.delai_de_reponse(origine, notice.recue_le);
    let avant_le = reponse.valeur.terme(notice.recue_le, &vue.territoire);
    Some(
        vue.a_faire(
            "ccapex_delai_reponse",
            SECRETARIAT,
            "répondre à la saisine : avis, ou inscription à l'ordre du jour",
        )
        .car(format!(
            "reçue le {} : réponse dans les {} ({})",
            Jour(notice.recue_le),
            reponse.valeur,
            reponse.source
        ))
        .avant(avant_le, notice.recue_le),
    )
}

/// Chaque destinataire d'une alerte, puis celui à qui elle revient s'il se tait.
fn repondre_aux_alertes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    if vue.cours.alertes.is_empty() {
        return;
    }
    for attente in attentes(vue.cours, vue.profil, vue.service) {
        let deja = travail_attendu(attente.code);
        let deja = suite.iter().any(|e| Some(e.regle) == deja && e.qui == attente.destinataire);
        if attente.en_attente() && !deja {
            suite.push(repondre(&attente, vue));
        }
    }
}

fn repondre(attente: &Attente, vue: &Vue<'_>) -> Etape {
    let (qui, quoi) = aupres_de(&attente.destinataire, &attente.attendu, vue);
    let mut demande = vue.a_faire("repondre_a_l_alerte", qui, quoi);
    for motif in &attente.motifs {
        demande = demande.car(motif.as_str());
    }
    let mut etape = demande.avant(attente.avant_le, attente.le);
    if vue.horloge.passe(etape.avant_le) {
        let (qui, quoi) = aupres_de(&attente.relais, &attente.attendu, vue);
        let reprise = vue.profil.delai("reprendre");
        etape.motifs.push(format!(
            "« {} » n'a pas répondu avant le {} : l'alerte revient à « {} », {} pour agir ({})",
            vue.profil.nom_de(&attente.destinataire),
            Jour(etape.avant_le),
            vue.profil.nom_de(&attente.relais),
            reprise.valeur,
            reprise.source
        ));
        qui.clone_into(&mut etape.qui);
        etape.quoi = quoi;
        etape.avant_le = reprise.valeur.terme(etape.avant_le, &vue.territoire);
    }
    etape
}

/// Qui est au logiciel le fait ; les autres organismes, le secrétariat les sollicite.
fn aupres_de<'v>(organisme: &'v str, attendu: &str, vue: &'v Vue<'_>) -> (&'v str, String) {
    let ici = matches!(organisme, CELLULE | SOUS_COMMISSION | PREFET | SECRETARIAT);
    if ici || vue.profil.service(organisme).is_some() {
        return (organisme, attendu.to_owned());
    }
    (SECRETARIAT, format!("obtenir de « {} » : {attendu}", vue.profil.nom_de(organisme)))
}

/// L'étape qui fait déjà ce que l'alerte attend du service en charge.
fn travail_attendu(code: CodeDAlerte) -> Option<&'static str> {
    match code {
        CodeDAlerte::SuspensionAide => Some("retablir_l_aide"),
        CodeDAlerte::PorteClose => Some("porte_close"),
        CodeDAlerte::AbsenceAudience => Some("absence_a_l_audience"),
        CodeDAlerte::RisqueDeRupture => Some("risque_de_rupture"),
        CodeDAlerte::ChangementSituation
        | CodeDAlerte::DossierComplexe
        | CodeDAlerte::ProtocoleOuBail
        | CodeDAlerte::RefusMutation
        | CodeDAlerte::Deni => None,
    }
}

/// Une relance par destinataire, pour le plus ancien avis dont il n'a rien dit.
fn avis_sans_suite<'v>(vue: &'v Vue<'_>) -> impl Iterator<Item = Etape> + use<'v> {
    let sans_suite = || vue.cours.avis.iter().filter(|a| a.suite.is_none());
    let premiers = sans_suite().enumerate().filter(move |(rang, avis)| {
        sans_suite().take(*rang).all(|a| a.destinataire != avis.destinataire)
    });
    premiers.map(|(_, avis)| {
        let qui = vue.profil.nom_de(&avis.destinataire);
        vue.a_faire(
            "suite_de_l_avis",
            SECRETARIAT,
            format!("demander à « {qui} » ce qu'il a fait de l'avis"),
        )
        .car(format!("avis du {}", Jour(avis.le)))
        .texte("ccapex_suites", avis.le)
        .dans_apres("suite_avis", avis.le)
    })
}

/// Une personne a retenu le cas comme complexe : la commission l'examine.
fn inscrire(vue: &Vue<'_>) -> Option<Etape> {
    let (issue, le, _) = vue.cours.complexite.as_ref()?;
    let examine = vue.cours.avis.iter().any(|a| a.le >= *le);
    if *issue != IssueDeComplexite::Retenu || examine {
        return None;
    }
    Some(
        vue.a_faire(
            "inscrire_a_l_ordre_du_jour",
            SECRETARIAT,
            "inscrire le dossier à l'ordre du jour de la commission",
        )
        .car(format!("cas retenu comme complexe le {} (fiche 3-3)", Jour(*le)))
        .dans_apres("inscrire", *le),
    )
}

fn mesures<'v>(vue: &'v Vue<'_>) -> impl Iterator<Item = Etape> + use<'v> {
    let actives = vue.cours.dispositifs.iter().filter(|m| m.etape == IssueDeDispositif::Active);
    actives.map(|mesure| {
        let connue = vue.profil.dispositifs.iter().find(|d| d.code == mesure.code);
        let nom = connue.map_or(mesure.code.as_str(), |d| d.nom.as_str());
        vue.a_faire(
            "suivre_la_mesure",
            vue.service,
            format!("faire le point sur la mesure : {nom}"),
        )
        .car(format!("mesure activée le {}", Jour(mesure.le)))
        .dans_apres("suivre_mesure", mesure.le)
    })
}
