//! Les listes de suivi : qui personne n'accompagne, qui l'audience guette, qui attend une réponse.

use std::collections::BTreeSet;

use droit::calendrier::Territoire;
use droit::delai::Rebours;
use droit::montant::Montant;
use jiff::civil::Date;

use crate::acte::Quoi;
use crate::acte::codes::{IssueDAccueil, IssueDeComplexite, IssueDePriseEnCharge};
use crate::coordination::alertes::attentes;
use crate::coordination::complexite::propositions;
use crate::cours::Cours;
use crate::cours::etat::{EtatParallele, Stade};
use crate::cours::horloge::Horloge;
use crate::dossier::Dossier;
use crate::profil::Profil;

/// Déclare les listes : nom écrit et libellé.
macro_rules! listes {
    ($($(#[$doc:meta])* $variante:ident = $code:literal, $libelle:literal;)+) => {
        /// Une liste de suivi. Les noms écrits ne changent jamais.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ListeDeSuivi {
            $($(#[$doc])* $variante,)+
        }

        impl ListeDeSuivi {
            /// Toutes, dans l'ordre où on les montre.
            pub const TOUTES: &'static [Self] = &[$(Self::$variante),+];

            /// Le nom écrit.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variante => $code,)+ }
            }

            /// En mots.
            #[must_use]
            pub fn libelle(self) -> &'static str {
                match self { $(Self::$variante => $libelle,)+ }
            }

            /// La liste d'un nom écrit, s'il en est une.
            #[must_use]
            pub fn de_code(code: &str) -> Option<Self> {
                Self::TOUTES.iter().copied().find(|l| l.code() == code)
            }
        }
    };
}

listes! {
    /// Confié à un service qui n'a pas encore accepté.
    APrendreEnCharge = "a_prendre_en_charge", "Ménages à prendre en charge";
    /// Signalé, et aucun service n'a accepté dans le délai (fiche 3-4).
    NonPrisEnCharge = "non_pris_en_charge", "Ménages sans prise en charge";
    /// De l'assignation à la demande de concours, et aucun service social ne le connaît (fiche 3-4).
    EnProcedureInconnu = "en_procedure_inconnu_des_services", "En procédure, inconnus des services";
    /// Audience proche, et personne n'a joint le ménage depuis l'assignation.
    AudienceProche = "audience_proche_sans_contact", "Audience proche, sans contact";
    /// Une demande de concours attend sa décision.
    CfpAInstruire = "cfp_a_instruire", "Concours de la force publique à instruire";
    /// Un destinataire d'une alerte n'a pas répondu.
    AlerteEnAttente = "alerte_en_attente", "Alertes en attente de réponse";
    /// Un destinataire d'une alerte n'a pas répondu à temps.
    AlerteSansReponse = "alerte_sans_reponse", "Alertes sans réponse dans le délai";
    /// Un critère de complexité est rempli, et personne n'a décidé.
    ComplexePropose = "complexe_propose", "Cas complexes à décider";
    /// Une personne a retenu le cas.
    ComplexeRetenu = "complexe_retenu", "Cas complexes retenus";
    /// Une petite dette : une solution est cherchée pour chacune (charte, II.3).
    PetiteDette = "petite_dette", "Petites dettes";
    /// Tout est fini sauf l'issue du ménage, qui n'est pas dite.
    AClore = "a_clore", "Issue du ménage à constater";
}

/// Les listes où figure un dossier. Aucune s'il est clos, ou suivi dans un autre.
///
/// `service` est le service en charge.
#[must_use]
pub fn listes(
    dossier: &Dossier,
    cours: &Cours<'_>,
    service: &str,
    profil: &Profil,
    horloge: &Horloge,
) -> BTreeSet<ListeDeSuivi> {
    let mut listes = BTreeSet::new();
    if cours.clos.is_some() || dossier.joint_a.is_some() {
        return listes;
    }
    let mut inscrire = |liste, vrai: bool| {
        if vrai {
            listes.insert(liste);
        }
    };
    inscrire(ListeDeSuivi::APrendreEnCharge, a_prendre_en_charge(dossier, cours, service));
    inscrire(ListeDeSuivi::NonPrisEnCharge, non_pris_en_charge(dossier, cours, profil, horloge));
    inscrire(
        ListeDeSuivi::EnProcedureInconnu,
        (Stade::AssignationDelivree..=Stade::CfpRefuse).contains(&cours.stade)
            && cours.stade != Stade::RejetDemande
            && !connu_des_services(dossier, horloge),
    );
    inscrire(ListeDeSuivi::AudienceProche, audience_proche(cours, profil, horloge));
    inscrire(ListeDeSuivi::CfpAInstruire, cours.stade == Stade::CfpDemande);
    let attentes = attentes(cours, profil, service);
    inscrire(ListeDeSuivi::AlerteEnAttente, attentes.iter().any(|a| a.en_attente()));
    // Chaque attente est regardée : la plus proche échéance compte pour la veille.
    let tardives = attentes.iter().filter(|a| a.sans_reponse(horloge)).count();
    inscrire(ListeDeSuivi::AlerteSansReponse, tardives > 0);
    inscrire(
        ListeDeSuivi::ComplexePropose,
        !propositions(dossier, cours, profil, horloge).is_empty(),
    );
    let retenu = cours.complexite.as_ref().is_some_and(|(i, ..)| *i == IssueDeComplexite::Retenu);
    inscrire(ListeDeSuivi::ComplexeRetenu, retenu);
    let dette = cours.dette.reste.map(|(_, montant)| montant);
    inscrire(
        ListeDeSuivi::PetiteDette,
        dette.is_some_and(|dette| {
            Montant::euros(0) < dette && dette < profil.listes.petite_dette.valeur
        }),
    );
    inscrire(ListeDeSuivi::AClore, a_clore(cours));
    listes
}

/// Un service a le ménage et ne l'a pas accepté. Passé le délai, la cellule technique le reprend, et
/// le service peut encore accepter.
fn a_prendre_en_charge(dossier: &Dossier, cours: &Cours<'_>, service: &str) -> bool {
    let accepte =
        cours.reponse_de(service).is_some_and(|p| p.issue == IssueDePriseEnCharge::Acceptee);
    service != "secretariat"
        && !accepte
        && !cours.stade.parti()
        && dossier.en_vigueur().next().is_some()
}

/// La dernière réponse d'un service décide : un refus, ou une fin, remet le ménage en attente.
fn non_pris_en_charge(
    dossier: &Dossier,
    cours: &Cours<'_>,
    profil: &Profil,
    horloge: &Horloge,
) -> bool {
    let depuis = match cours.prises_en_charge.last() {
        Some(prise) => match prise.issue {
            IssueDePriseEnCharge::Acceptee => return false,
            IssueDePriseEnCharge::Refusee => return true,
            IssueDePriseEnCharge::Proposee | IssueDePriseEnCharge::Terminee => Some(prise.le),
        },
        None => dossier.en_vigueur().map(|n| n.jugee_le).min(),
    };
    depuis.is_some_and(|le| horloge.passe(dernier_jour_pour_repondre(le, profil)))
}

/// Le dernier jour, inclus, laissé à un service pour accepter le ménage qui lui est confié : compté du
/// jour où une personne le lui a proposé, sinon de la première notice. Rien sans l'un ni l'autre.
///
/// Le délai est celui du profil (fiche 3-4).
#[must_use]
pub fn reponse_attendue_avant(
    dossier: &Dossier,
    cours: &Cours<'_>,
    service: &str,
    profil: &Profil,
) -> Option<Date> {
    let propose_le = cours.propose_le(service);
    let depuis = propose_le.or_else(|| dossier.en_vigueur().map(|n| n.jugee_le).min())?;
    Some(dernier_jour_pour_repondre(depuis, profil))
}

fn dernier_jour_pour_repondre(depuis: Date, profil: &Profil) -> Date {
    profil.delai("prendre_en_charge").valeur.terme(depuis, &Territoire::Metropole)
}

/// Un service l'a pris en charge, un diagnostic est fait, ou quelqu'un l'a joint. Qu'il soit venu à
/// l'audience ne le fait connaître que du juge.
fn connu_des_services(dossier: &Dossier, horloge: &Horloge) -> bool {
    dossier.actes.iter().filter(|a| horloge.atteint(a.consigne.date)).any(|a| {
        matches!(
            a.consigne.quoi,
            Quoi::PriseEnCharge { issue: IssueDePriseEnCharge::Acceptee, .. }
                | Quoi::DsfRealise(_)
                | Quoi::Contact { issue: IssueDAccueil::Joint, .. }
                | Quoi::ParoleMenage { .. }
        )
    })
}

fn audience_proche(cours: &Cours<'_>, profil: &Profil, horloge: &Horloge) -> bool {
    let (Some(audience), Some(assignation)) =
        (cours.procedure.audience, cours.procedure.assignation)
    else {
        return false;
    };
    let tenue = cours.procedure.audience_tenue_le.is_some_and(|le| le >= audience);
    if tenue || cours.stade >= Stade::DelaisAccordes || horloge.passe(audience) {
        return false;
    }
    let assigne_le = assignation.contenu.date.unwrap_or(assignation.recue_le);
    let joint = cours.joint_le.is_some_and(|le| le >= assigne_le);
    !joint && horloge.passe(dernier_jour_lointain(audience, profil))
}

/// Le dernier jour où il reste encore tout le délai avant l'audience.
fn dernier_jour_lointain(audience: Date, profil: &Profil) -> Date {
    profil.listes.audience_proche.valeur.dernier_jour_utile(
        audience,
        Rebours::Inclus,
        &Territoire::Metropole,
    )
}

/// Un dossier se clôt sur l'issue du ménage, non sur celle de la procédure (charte, II.3).
fn a_clore(cours: &Cours<'_>) -> bool {
    cours.stade.parti()
        || cours.est(EtatParallele::Relogement)
        || cours.est(EtatParallele::HebergementSiao)
        || cours.dette.reglee_le.is_some()
}
