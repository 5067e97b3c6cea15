//! Les organismes qui ont leur part d'un dossier, et pourquoi : à chacun ce qui lui a été envoyé, ce
//! qu'il a envoyé, ou ce que sa mission lui demande à ce stade.

use crate::acte::Quoi;
use crate::acte::codes::IssueDePriseEnCharge;
use crate::coordination::alertes::attentes;
use crate::cours::Cours;
use crate::cours::horloge::Horloge;
use crate::dossier::Dossier;
use crate::notice::{BailleurType, Nature};
use crate::partenaires::partie::{BAILLEUR, Parties, Pourquoi, ajouter, cle, vient_du_coffre};
use crate::profil::Profil;

/// Où est un dossier et à qui il est confié : ce qui situe ses parties.
#[derive(Clone, Copy, Debug)]
pub struct Lieu<'a> {
    /// Le code INSEE de la commune du logement ; vide si elle est inconnue.
    pub commune: &'a str,
    /// Le service en charge.
    pub service: &'a str,
}

/// Les parties d'un dossier, ce jour-là. `lettres` : les destinataires des lettres parties.
///
/// Le bailleur n'y est que par sa qualité ([`BAILLEUR`]) : son nom est au coffre, et
/// [`nommer_le_bailleur`] le met à sa place.
#[must_use]
pub fn parties<'a>(
    dossier: &Dossier,
    cours: &Cours<'_>,
    lieu: Lieu<'_>,
    lettres: impl Iterator<Item = &'a str>,
    profil: &Profil,
    horloge: &Horloge,
) -> Parties {
    let mut parties = Parties::new();
    for nom in dossier.emetteurs().iter().filter(|nom| !nom.is_empty()) {
        ajouter(&mut parties, format!("emetteur:{nom}"), Pourquoi::AEnvoye);
    }
    let mut partie = |nom: &str, pourquoi| {
        if let Some(cle) = cle(nom, lieu.commune) {
            ajouter(&mut parties, cle, pourquoi);
        }
    };
    for destinataire in lettres {
        partie(destinataire, Pourquoi::Lettre);
    }
    for attente in attentes(cours, profil, lieu.service) {
        // Le service qui répond pour le destinataire, ou l'organisme lui-même s'il n'est pas un service.
        partie(lui(&attente.destinataire, &attente.guichet), Pourquoi::Alerte);
        let a_qui = lui(attente.a_qui(horloge), attente.au_guichet(horloge));
        partie(a_qui, Pourquoi::Alerte);
        if attente.en_attente() && cours.clos.is_none() {
            partie(a_qui, Pourquoi::ARepondre);
        }
    }
    for avis in &cours.avis {
        partie(&avis.destinataire, Pourquoi::Avis);
    }
    if let (Some(organisme), None) = (&cours.dsf.organisme, cours.dsf.transmis_le) {
        partie(organisme, Pourquoi::Mandat);
    }
    for mesure in &cours.dispositifs {
        if let "fsl" | "siao" | "surendettement" | "dalo" | "accompagnement_juridique" =
            mesure.code.as_str()
        {
            partie(&mesure.code, Pourquoi::Demande);
        }
    }
    let demarches = &cours.demarches;
    for (suivi, organisme) in [
        (&demarches.fsl, "fsl"),
        (&demarches.dalo, "comed"),
        (&demarches.daho, "comed"),
        (&demarches.surendettement, "banque_de_france"),
    ] {
        if suivi.is_some() {
            partie(organisme, Pourquoi::Demande);
        }
    }
    for acte in &dossier.actes {
        if let Quoi::PriseEnCharge { service, issue: IssueDePriseEnCharge::Proposee } =
            &acte.consigne.quoi
        {
            partie(service, Pourquoi::Demande);
        }
    }
    if cours.procedure.assignation.is_some() {
        partie("greffe", Pourquoi::Mission);
    }
    if cours.procedure.cfp.is_some() {
        for organisme in ["force_publique", "mairie", "police", "siao"] {
            partie(organisme, Pourquoi::Mission);
        }
    }
    if cours.complexite.is_some() || !cours.avis.is_empty() {
        partie("commission", Pourquoi::Mission);
    }
    parties
}

/// Met les bailleurs connus par leur nom (leurs clés) à la place de leur qualité.
pub fn nommer_le_bailleur(parties: &mut Parties, cles: impl Iterator<Item = String>) {
    let raisons = parties.remove(BAILLEUR).unwrap_or_default();
    for cle in cles.filter(|cle| vient_du_coffre(cle)) {
        ajouter(parties, cle.clone(), Pourquoi::Bailleur);
        parties.entry(cle).or_default().extend(&raisons);
    }
}

/// Une notice de cette nature, pour un bailleur de cette sorte, fait du bailleur une partie : une
/// personne morale, dans une démarche qui est la sienne. Un bailleur particulier n'a pas de compte, et
/// l'alerte d'un partenaire ne se montre pas au bailleur qu'elle nomme.
#[must_use]
pub fn nomme_son_bailleur(nature: Nature, bailleur: BailleurType) -> bool {
    nature != Nature::Alerte
        && matches!(bailleur, BailleurType::BailleurSocial | BailleurType::PersonneMorale)
}

/// Le service qui répond pour celui qu'on nomme ; lui-même quand ce n'est pas un service.
fn lui<'a>(nom: &'a str, guichet: &'a str) -> &'a str {
    if guichet == "secretariat" { nom } else { guichet }
}
