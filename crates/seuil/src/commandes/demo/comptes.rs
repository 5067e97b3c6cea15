//! Les comptes de la démonstration : un par rôle.

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Borne, Role};
use usages::compte::comptes::{NouveauCompte, creer_sans_personne};
use usages::compte::secret::Secret;
use usages::maison::Maison;

use crate::commandes::servir::hasard;
use crate::horloge::Horloge;

/// Identifiant, nom, organisme, rôle, profil, sous-commission ou communes, service.
type CompteDExemple = (
    &'static str,
    &'static str,
    &'static str,
    Role,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
);

/// Un compte par rôle.
#[rustfmt::skip]
const COMPTES: [CompteDExemple; 19] = [
    ("admin", "Camille Morel", "Préfecture", Role::Administrateur, "62", None, None),
    (
        "central",
        "Dominique Lefort",
        "Préfecture du Pas-de-Calais",
        Role::SecretariatCentral,
        "62",
        None,
        None,
    ),
    (
        "arras",
        "Claude Vasseur",
        "Sous-commission d'Arras",
        Role::SecretariatSousCommission,
        "62",
        Some("arras"),
        None,
    ),
    (
        "lens",
        "Maxime Carlier",
        "Sous-préfecture de Lens",
        Role::SecretariatSousCommission,
        "62",
        Some("lens"),
        None,
    ),
    (
        "departement",
        "Alix Delattre",
        "Maison du département solidarité",
        Role::ServiceSocial,
        "62",
        None,
        Some("departement"),
    ),
    (
        "caf",
        "Sacha Hoareau",
        "Caf du Pas-de-Calais",
        Role::OrganismePayeur,
        "62",
        None,
        Some("caf"),
    ),
    (
        "msa",
        "Charlie Boulanger",
        "MSA Nord-Pas de Calais",
        Role::OrganismePayeur,
        "62",
        None,
        Some("msa"),
    ),
    ("etude", "Lou Hanot", "SCP Hanot Bécu", Role::CommissaireDeJustice, "62", None, None),
    ("force-publique", "Andréa Pruvost", "Sous-préfecture de Lens", Role::ForcePublique, "62", Some("lens"), None),
    ("bailleur", "Yaël Mercier", "Pas-de-Calais habitat", Role::BailleurSocial, "62", None, None),
    ("ccas", "Lou Caron", "CCAS de Lens", Role::Ccas, "62", Some("62498"), None),
    ("mairie", "Sam Legrand", "Mairie de Lens", Role::Mairie, "62", Some("62498"), None),
    ("fsl", "Nour Dupuis", "Fonds de solidarité logement", Role::Fsl, "62", None, None),
    ("siao", "Élie Roussel", "SIAO du Pas-de-Calais", Role::Siao, "62", None, None),
    ("banque", "Ange Lemaire", "Banque de France d'Arras", Role::BanqueDeFrance, "62", None, None),
    ("greffe", "Jo Vidal", "Tribunal de proximité de Lens", Role::Greffe, "62", Some("lens"), None),
    ("dpo", "Mika Renard", "Préfecture du Pas-de-Calais", Role::Dpo, "62", None, None),
    ("pilotage", "Noa Ferrand", "Direction départementale", Role::Lecteur, "62", None, None),
    ("paris", "Eden Martel", "Secrétariat de Paris", Role::SecretariatCentral, "75", None, None),
];

/// Un compte ouvert : son identifiant, son mot de passe, la personne.
pub(super) struct Compte {
    pub(super) identifiant: &'static str,
    pub(super) secret: Secret,
    pub(super) agent: Agent,
}

/// Ouvre les comptes, avec des mots de passe tirés au sort.
pub(super) async fn ouvrir(maison: &Maison, horloge: &Horloge) -> anyhow::Result<Vec<Compte>> {
    let mut comptes = Vec::new();
    for (identifiant, nom, organisme, role, profil, lieu, service) in COMPTES {
        let communal = role.borne() == Borne::Communes;
        let agent = Agent {
            id: AgentId(0),
            nom: nom.to_owned(),
            organisme: organisme.to_owned(),
            role,
            profil: profil.to_owned(),
            sous_commission: lieu.filter(|_| !communal).map(str::to_owned),
            service: service.map(str::to_owned),
            communes: lieu.filter(|_| communal).map(str::to_owned).into_iter().collect(),
            responsable: identifiant == "caf",
            suppleances: Vec::new(),
        };
        let secret = Secret::tire(&hasard());
        let nouveau =
            NouveauCompte { identifiant: identifiant.to_owned(), agent: agent.clone(), fin: None };
        let id =
            creer_sans_personne(&maison.stockage, nouveau, &secret, horloge.maintenant(), hasard())
                .await?;
        comptes.push(Compte { identifiant, secret, agent: Agent { id, ..agent } });
    }
    Ok(comptes)
}
