//! La liste des comptes, le formulaire qui en crée un, et les gestes sur chacun.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Niveau, Role};
use jiff::civil::Date;
use usages::compte::comptes::{
    CompteVu, Marque, NouveauCompte, Service, changer_secret, changer_service, creer,
    donner_la_marque, fermer_les_sessions, lister, retirer_le_facteur,
};
use usages::compte::invitations::{annuler, inviter, montrer_le_lien, renvoyer};
use usages::compte::secret::Secret;
use usages::echec::{Echec, Nature};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Champ, Choix, Genre, Ton};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "comptes/liste.html")]
pub struct PageComptes {
    pub cadre: Cadre,
    pub compte: String,
    pub comptes: Vec<LigneCompte>,
    pub champs: Vec<Champ>,
    pub erreur: String,
    /// Un mot de passe tout juste tiré, montré une seule fois.
    pub remis: Option<Remis>,
    /// Un lien d'invitation, montré une seule fois.
    pub lien: Option<String>,
}

/// Un compte.
pub struct LigneCompte {
    pub id: String,
    pub nom: String,
    pub identifiant: String,
    /// La page de ses suppléances.
    pub suppleances: String,
    pub lit_des_dossiers: bool,
    pub role: String,
    pub organisme: String,
    pub etat: Badge,
    /// La personne répond des comptes de son organisme.
    pub responsable: bool,
    /// Sa mission a des comptes à confier.
    pub confie: bool,
    pub actif: bool,
    /// La personne donne un code en plus de son mot de passe.
    pub facteur: bool,
    /// Une invitation attend qu'elle l'ouvre.
    pub invite: bool,
    /// C'est le compte de la personne connectée.
    pub soi: bool,
}

/// Un mot de passe à remettre.
pub struct Remis {
    pub titre: String,
    pub identifiant: String,
    pub secret: String,
}

/// Ce que la page dit en plus de la liste.
#[derive(Default)]
struct Suites {
    erreur: String,
    remis: Option<Remis>,
    lien: Option<String>,
    message: Option<Alerte>,
    saisie: Formulaire,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, Suites::default()).await
}

pub(crate) async fn creer_un_compte(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Html<String>, ErreurWeb> {
    if !formulaire.texte("courriel").is_empty() {
        return inviter_une_personne(&app, &connecte, formulaire).await;
    }
    let secret = Secret::tire(&app.hasard());
    let nouveau = nouveau(&connecte.agent, &formulaire);
    let identifiant = nouveau.identifiant.clone();
    let (stockage, quand) = (&app.maison.stockage, app.maintenant());
    let suites = match creer(stockage, &connecte.agent, nouveau, &secret, quand, app.hasard()).await
    {
        Ok(_) => Suites {
            remis: Some(remis("Compte créé", identifiant, &secret)),
            ..Suites::default()
        },
        Err(refus) if refus.nature() == Nature::Refus => {
            Suites { erreur: refus.to_string(), saisie: formulaire, ..Suites::default() }
        }
        Err(echec) => return Err(echec.into()),
    };
    rendre(&app, &connecte, suites).await
}

async fn inviter_une_personne(
    app: &App,
    connecte: &AgentConnecte,
    formulaire: Formulaire,
) -> Result<Html<String>, ErreurWeb> {
    let nouveau = nouveau(&connecte.agent, &formulaire);
    let courriel = formulaire.texte("courriel");
    let fait = inviter(&app.maison, &connecte.agent, nouveau, courriel, app.maintenant()).await;
    let suites = match fait {
        Ok(_) => invitee("Invitation prête"),
        Err(refus) if refus.nature() == Nature::Refus => {
            Suites { erreur: refus.to_string(), saisie: formulaire, ..Suites::default() }
        }
        Err(echec) => return Err(echec.into()),
    };
    rendre(app, connecte, suites).await
}

/// Ce qu'on dit d'une invitation qui attend de partir.
fn invitee(titre: &str) -> Suites {
    fait(
        titre,
        "Elle part par courriel dès que le serveur d'envoi la prend. Aucun n'est réglé ? « Montrer le \
         lien » le donne, à remettre vous-même. Son compte n'ouvre rien avant.",
    )
}

pub(crate) async fn changer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
    formulaire: Formulaire,
) -> Result<Html<String>, ErreurWeb> {
    let (stockage, qui, id) = (&app.maison.stockage, &connecte.agent, AgentId(id));
    let suites = match formulaire.texte("geste") {
        "secret" => {
            let secret = Secret::tire(&app.hasard());
            changer_secret(stockage, qui, id, &secret, app.maintenant(), app.hasard()).await?;
            let identifiant = lister(stockage, qui).await?.into_iter().find(|c| c.agent.id == id);
            let identifiant = identifiant.map(|c| c.identifiant).unwrap_or_default();
            let remis = remis(
                "Nouveau mot de passe ; les sessions ouvertes sont fermées",
                identifiant,
                &secret,
            );
            Suites { remis: Some(remis), ..Suites::default() }
        }
        "facteur" => match retirer_le_facteur(stockage, qui, id, app.maintenant()).await {
            Ok(()) => fait(
                "Second facteur retiré ; les sessions de cette personne sont fermées",
                "Assurez-vous que c'est bien elle qui vous l'a demandé. Si son rôle en exige un, elle \
                 en choisira un autre à sa prochaine connexion.",
            ),
            Err(refus) => refuse(refus)?,
        },
        "inviter" => match renvoyer(&app.maison, qui, id, app.maintenant()).await {
            Ok(()) => invitee("Invitation renvoyée ; le lien d'avant ne vaut plus"),
            Err(refus) => refuse(refus)?,
        },
        "annuler" => match annuler(&app.maison, qui, id, app.maintenant()).await {
            Ok(()) => fait(
                "Invitation annulée",
                "Son lien ne vaut plus. « Inviter de nouveau » en prépare un autre.",
            ),
            Err(refus) => refuse(refus)?,
        },
        "lien" => {
            let (url, quand) = (&app.config.url, app.maintenant());
            match montrer_le_lien(&app.maison, qui, id, url, quand, app.hasard()).await {
                Ok(lien) => Suites { lien: Some(lien), ..Suites::default() },
                Err(refus) => refuse(refus)?,
            }
        }
        "sessions" => {
            fermer_les_sessions(stockage, qui, id, app.maintenant()).await?;
            fait(
                "Sessions fermées",
                "La personne devra se reconnecter, avec son code si elle en a un.",
            )
        }
        "repondre" => {
            match donner_la_marque(stockage, qui, id, Marque::Donnee, app.maintenant()).await {
                Ok(()) => fait(
                    "Cette personne répond de son organisme",
                    "Elle y invite et y met fin, depuis « Mon compte ». Il lui faut désormais deux facteurs.",
                ),
                Err(refus) => refuse(refus)?,
            }
        }
        "ne_plus_repondre" => {
            donner_la_marque(stockage, qui, id, Marque::Retiree, app.maintenant()).await?;
            fait(
                "Cette personne ne répond plus de son organisme",
                "Les comptes qu'elle a ouverts restent ouverts.",
            )
        }
        "desactiver" => {
            changer_service(stockage, qui, id, Service::Desactive).await?;
            let texte = "La personne ne peut plus se connecter. « Réactiver » lui rend l'accès.";
            fait("Compte désactivé", texte)
        }
        "reactiver" => {
            changer_service(stockage, qui, id, Service::Actif).await?;
            fait("Compte réactivé", "La personne se connecte avec son mot de passe d'avant.")
        }
        _ => return Err(ErreurWeb::demande_illisible()),
    };
    rendre(&app, &connecte, suites).await
}

/// Un geste refusé se dit au-dessus de la liste.
fn refuse(refus: Echec) -> Result<Suites, ErreurWeb> {
    if refus.nature() != Nature::Refus {
        return Err(refus.into());
    }
    let message = Alerte::nouvelle(Ton::Erreur, "Rien n'a changé", refus.to_string());
    Ok(Suites { message: Some(message), ..Suites::default() })
}

fn fait(titre: &str, texte: &str) -> Suites {
    Suites { message: Some(Alerte::nouvelle(Ton::Succes, titre, texte)), ..Suites::default() }
}

fn remis(titre: &str, identifiant: String, secret: &Secret) -> Remis {
    Remis { titre: titre.to_owned(), identifiant, secret: secret.en_clair().to_owned() }
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    suites: Suites,
) -> Result<Html<String>, ErreurWeb> {
    let comptes = lister(&app.maison.stockage, &connecte.agent).await?;
    let mut cadre = connecte.cadre(app, Section::Comptes, "Comptes");
    cadre.messages.extend(suites.message);
    page(&PageComptes {
        cadre,
        compte: mots::compte(comptes.len() as u64, "compte", "comptes"),
        comptes: comptes.iter().map(|c| ligne(c, &connecte.agent, app.aujourd_hui())).collect(),
        champs: champs(app, &suites.saisie),
        erreur: suites.erreur,
        remis: suites.remis,
        lien: suites.lien,
    })
}

/// Où en est un compte.
pub(super) fn etat(compte: &CompteVu, aujourd_hui: Date) -> Badge {
    let fini = compte.fin.is_some_and(|fin| fin < aujourd_hui);
    if let (true, Some(fin)) = (compte.actif, compte.fin) {
        let ton = if fini { Ton::Neutre } else { Ton::Succes };
        let dit = if fini { "Fini le" } else { "Actif jusqu'au" };
        Badge::nouveau(ton, format!("{dit} {}", mots::jour(fin)))
    } else if compte.actif && compte.invite {
        Badge::nouveau(Ton::Info, "Invitation en attente")
    } else if compte.actif {
        Badge::nouveau(Ton::Succes, "Actif")
    } else {
        Badge::nouveau(Ton::Neutre, "Désactivé")
    }
}

fn ligne(compte: &CompteVu, soi: &Agent, aujourd_hui: Date) -> LigneCompte {
    let communes = compte.agent.communes.join(", ");
    let precision = compte
        .agent
        .sous_commission
        .as_deref()
        .or(compte.agent.service.as_deref())
        .or(Some(communes.as_str()).filter(|c| !c.is_empty()));
    let role = compte.agent.role.libelle();
    LigneCompte {
        id: compte.agent.id.to_string(),
        nom: compte.agent.nom.clone(),
        suppleances: urls::suppleances(compte.agent.id.0),
        lit_des_dossiers: compte.agent.role.niveau() != Niveau::Aucun,
        identifiant: compte.identifiant.clone(),
        role: precision.map_or_else(|| role.to_owned(), |p| format!("{role} ({p})")),
        organisme: format!("{} · profil {}", compte.agent.organisme, compte.agent.profil),
        etat: etat(compte, aujourd_hui),
        responsable: compte.agent.responsable,
        confie: !compte.agent.role.missions_a_confier().is_empty(),
        actif: compte.actif,
        facteur: compte.facteur,
        invite: compte.invite,
        soi: compte.agent.id == soi.id,
    }
}

fn nouveau(qui: &Agent, formulaire: &Formulaire) -> NouveauCompte {
    let facultatif = |nom: &str| Some(formulaire.texte(nom).to_owned()).filter(|t| !t.is_empty());
    let role = Role::de_code(formulaire.texte("role")).unwrap_or(Role::Lecteur);
    NouveauCompte {
        identifiant: formulaire.texte("identifiant").to_owned(),
        agent: Agent {
            id: AgentId(0),
            nom: formulaire.texte("nom").to_owned(),
            organisme: formulaire.texte("organisme").to_owned(),
            role,
            profil: facultatif("profil").unwrap_or_else(|| qui.profil.clone()),
            sous_commission: facultatif("sous_commission"),
            service: facultatif("service"),
            communes: vec![formulaire.texte("communes").to_owned()],
            responsable: !formulaire.texte("responsable").is_empty(),
            suppleances: Vec::new(),
        },
        fin: formulaire.texte("fin").parse().ok(),
    }
}

fn champs(app: &App, saisie: &Formulaire) -> Vec<Champ> {
    let roles: Vec<Choix> =
        Role::TOUS.iter().map(|r| Choix::nouveau(r.code(), r.libelle())).collect();
    let profils: Vec<Choix> = app
        .maison
        .profils()
        .map(|p| Choix::nouveau(&p.code, format!("{} ({})", p.nom, p.code)))
        .collect();
    let aucun = || vec![Choix::nouveau("", "—")];
    let (mut sous_commissions, mut services) = (aucun(), aucun());
    for profil in app.maison.profils() {
        let dit = |nom: &str| format!("{nom} ({})", profil.code);
        sous_commissions
            .extend(profil.sous_commissions.iter().map(|s| Choix::nouveau(&s.code, dit(&s.nom))));
        services.extend(profil.services.iter().map(|s| Choix::nouveau(&s.code, dit(&s.nom))));
    }
    let repond = vec![Choix::nouveau("oui", "Répond des comptes de son organisme")];
    let mut champs = vec![
        Champ::nouveau("nom", "Nom et prénom", Genre::Texte)
            .obligatoire()
            .aide("NOM en capitales, puis prénom."),
        Champ::nouveau("courriel", "Adresse électronique", Genre::Courriel)
            .aide("Donnée, la personne reçoit un lien et choisit elle-même son mot de passe."),
        Champ::nouveau("identifiant", "Identifiant", Genre::Texte)
            .aide("D'un seul mot, par exemple jdurand ; à défaut, l'adresse électronique."),
        Champ::nouveau("organisme", "Organisme", Genre::Texte)
            .obligatoire()
            .aide("Pour une étude ou un bailleur : son nom tel qu'il figure dans les fichiers et les notices."),
        Champ::nouveau("role", "Mission", Genre::Choix(roles)).obligatoire(),
        Champ::nouveau("profil", "Département", Genre::Choix(profils)).obligatoire(),
        Champ::nouveau("sous_commission", "Sous-commission", Genre::Choix(sous_commissions))
            .aide("Pour un secrétariat de sous-commission ; facultative pour la force publique, un greffe, la police ou un membre de la commission."),
        Champ::nouveau("service", "Service", Genre::Choix(services))
            .aide("Pour un service social ou un organisme payeur."),
        Champ::nouveau("communes", "Communes", Genre::Texte)
            .aide("Pour une mairie ou un CCAS : codes INSEE, ou celui de l'intercommunalité. Par exemple 62498."),
        Champ::nouveau("fin", "Fin du compte", Genre::Date)
            .aide("Dernier jour où il sert ; vide s'il n'a pas de fin."),
        Champ::nouveau("responsable", "Responsable de l'organisme", Genre::Cases(repond))
            .coche(saisie.tous("responsable"))
            .aide("Elle y invite et y met fin, dans sa mission et son territoire, avec deux facteurs."),
    ];

    for champ in &mut champs {
        let valeur = saisie.texte(&champ.nom);
        if !valeur.is_empty() {
            *champ = champ.clone().rempli(valeur);
        }
    }
    champs
}
