//! Ce que le dossier sait déjà d'un diagnostic : proposé, jamais enregistré à la place d'une personne.

use droit::jour::Jour;

use super::Saisie;
use crate::acte::codes::{Avancee, IssueDePriseEnCharge};
use crate::cours::etat::EtatParallele;
use crate::cours::{Cours, EtatDEngagement, Suivi};
use crate::dossier::Dossier;
use crate::notice::{BailleurType, Contenu, Identite};
use crate::profil::Profil;

/// Ce que le dossier sait déjà.
#[must_use]
pub fn preremplir(
    dossier: &Dossier,
    cours: &Cours<'_>,
    identite: &Identite,
    adresse: &str,
    profil: &Profil,
) -> Saisie {
    let mut su = Su::default();
    let nom_du_service =
        |code: &String| profil.service(code).map_or_else(|| code.clone(), |s| s.nom.clone());
    su.texte("redacteur.organisme", cours.dsf.organisme.as_ref().map(nom_du_service));
    su.texte("redacteur.saisi_le", cours.dsf.demande_le);
    su.texte("presence.tentatives", tentatives(cours));
    su.texte("identite.nom", Some(identite.nom_affiche()));
    su.texte("identite.naissance", identite.naissance);
    su.texte("identite.adresse", Some(adresse));
    su.texte("identite.telephone", Some(&identite.telephone));
    su.texte("identite.courriel", Some(&identite.courriel));
    su.texte("identite.protection", cours.protection.map(|(nature, _)| nature.code()));
    // Une assignation ne redit pas le loyer : chaque chose vient de la dernière notice qui la dit.
    fn dit<T>(dossier: &Dossier, quoi: impl Fn(&Contenu) -> Option<T>) -> Option<T> {
        dossier.en_vigueur().rev().find_map(|notice| quoi(&notice.contenu))
    }
    su.texte("famille.adultes", dit(dossier, |c| c.nombre_adultes));
    su.texte("famille.enfants", dit(dossier, |c| c.nombre_enfants));
    su.texte("bail.bailleur", Some(&identite.bailleur_nom));
    let connu = |c: &Contenu| {
        Some(c.bailleur_type.libelle()).filter(|_| c.bailleur_type != BailleurType::Inconnu)
    };
    su.texte("bail.bailleur_type", dit(dossier, connu));
    su.texte("bail.loyer", dit(dossier, |c| c.loyer_hors_charges.map(|m| m.en_centimes())));
    su.texte("bail.charges", dit(dossier, |c| c.charges.map(|m| m.en_centimes())));
    su.texte("bail.aide", dit(dossier, |c| c.aide_logement.map(oui_non)));
    su.texte("dette.depuis", dit(dossier, |c| c.impaye_depuis));
    let service = cours.prises_en_charge.last();
    let accepte = service.filter(|p| p.issue == IssueDePriseEnCharge::Acceptee);
    su.texte("accompagnement.service", accepte.map(|p| nom_du_service(&p.service)));
    su.texte("accompagnement.adhesion", cours.adhesion.map(|a| a.code()));
    su.texte("bail.date", cours.procedure.bail);
    su.texte("dette.montant", cours.dette.reste.map(|(_, montant)| montant.en_centimes()));
    su.texte("dette.arretee_le", cours.dette.reste.map(|(le, _)| le));
    su.texte("dispositifs.plan", plan(cours));
    su.texte("dispositifs.fsl", cours.demarches.fsl.as_ref().and_then(demarche));
    su.texte(
        "dispositifs.surendettement",
        cours.demarches.surendettement.as_ref().and_then(demarche),
    );
    su.texte("relogement.dalo", cours.demarches.dalo.as_ref().and_then(demarche));
    let saisie = cours.etats.contains(&EtatParallele::CcapexSaisie)
        || cours.etats.contains(&EtatParallele::CcapexAvis)
        || cours.procedure.saisine_bailleur_le.is_some();
    su.texte("ccapex.saisie", saisie.then_some("oui"));
    let avis: Vec<String> =
        cours.avis.iter().map(|a| format!("Avis rendu le {}.", Jour(a.le))).collect();
    su.texte("ccapex.avis", Some(avis.join("\n")));
    su.0
}

#[derive(Default)]
struct Su(Saisie);

impl Su {
    fn texte(&mut self, cle: &str, valeur: Option<impl ToString>) {
        if let Some(texte) = valeur.map(|v| v.to_string()).filter(|t| !t.trim().is_empty()) {
            self.0.insert(cle.to_owned(), texte);
        }
    }
}

fn oui_non(oui: bool) -> &'static str {
    if oui { "oui" } else { "non" }
}

fn tentatives(cours: &Cours<'_>) -> Option<String> {
    let rendez_vous = cours.dsf.rendez_vous.iter().map(|le| (*le, "entretien proposé"));
    let portes = cours.dsf.portes_closes.iter().map(|le| (*le, "visite, porte close"));
    let autres = cours
        .tentatives
        .iter()
        .filter(|le| !cours.dsf.portes_closes.contains(le))
        .map(|le| (*le, "tentative de contact, sans réponse"));
    let mut toutes: Vec<_> = rendez_vous.chain(portes).chain(autres).collect();
    toutes.sort_unstable();
    let lignes: Vec<String> =
        toutes.iter().map(|(le, quoi)| format!("{} : {quoi}.", Jour(*le))).collect();
    (!lignes.is_empty()).then(|| lignes.join("\n"))
}

fn plan(cours: &Cours<'_>) -> Option<String> {
    let plan = cours.dette.plan.as_ref()?;
    let sort = match plan.etat {
        EtatDEngagement::EnCours => "en cours".to_owned(),
        EtatDEngagement::Rompu(le) => format!("rompu le {}", Jour(le)),
        EtatDEngagement::Tenu(le) => format!("tenu jusqu’au {}", Jour(le)),
    };
    Some(format!(
        "du {}, {} par mois, {} mensualités, {sort}",
        Jour(plan.du),
        plan.mensualite,
        plan.echeances
    ))
}

/// Une démarche, dans les mots du formulaire.
fn demarche(suivi: &Suivi) -> Option<&'static str> {
    Some(match suivi.demarche.etape {
        Avancee::Depose => "depose",
        Avancee::Accord
        | Avancee::Prioritaire
        | Avancee::Recevable
        | Avancee::Mesures
        | Avancee::Effacement
        | Avancee::SuspensionExpulsion
        | Avancee::Offre
        | Avancee::Relogement => "accord",
        Avancee::Refus | Avancee::Rejet | Avancee::Irrecevable => "refus",
        Avancee::SansSuite => return None,
    })
}
