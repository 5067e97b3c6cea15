//! Chaque adresse, chaque rôle, chaque sorte de dossier : la table que `docs/droits-des-adresses.md` donne
//! à lire, refaite ici en le demandant au service.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use axum::http::{Method, StatusCode};
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use serde_json::json;
use web::routes::{Adresse, adresses};

use super::appareil::{Personne, Reponse, Service};
use super::parcours::{dossiers, fichier};

/// Un dossier de chaque sorte, vu des comptes d'essai : à Arras, de la Caf, de la « SCP des Essais ».
#[rustfmt::skip]
const SORTES: [(&str, &str, &str); 5] = [
    // nom, ménage, ligne reçue
    ("ici",      "ICIBAS",  "I-1;SCP des Essais;12/10/2026;personne_physique;VASSEUR Henri;ICIBAS;Aline;4 rue des Tanneurs;62000;ARRAS;01/09/2024;520,00;2480,00;03/06/2026;2;oui\n"),
    ("restreint", "TAIREL", "R-1;SCP des Essais;12/10/2026;personne_physique;VASSEUR Henri;TAIREL;Odile;7 rue Close;62000;ARRAS;01/09/2024;520,00;2480,00;03/06/2026;2;oui\n"),
    ("part",     "PARTEL",  "P-1;SCP des Essais;12/10/2026;personne_physique;DUPONT Luc;PARTEL;Marc;8 rue Haute;62300;LENS;01/09/2024;500,00;3000,00;01/02/2026;0;non\n"),
    ("confié",   "CONFIET", "C-1;SCP Ailleurs;12/10/2026;personne_physique;DUPONT Luc;CONFIET;Rose;3 rue Neuve;62000;ARRAS;01/09/2024;500,00;3000,00;01/02/2026;0;non\n"),
    ("ailleurs", "BERTIN",  "L-1;SCP Ailleurs;12/10/2026;personne_physique;DUPONT Luc;BERTIN;Marc;9 rue Haute;62300;LENS;01/09/2024;500,00;3000,00;01/02/2026;0;non\n"),
];

/// Une colonne par rôle, en deux lettres.
const COLONNES: [(Role, &str); 21] = [
    (Role::Administrateur, "Ad"),
    (Role::SecretariatCentral, "Sc"),
    (Role::SecretariatSousCommission, "Ss"),
    (Role::ServiceSocial, "So"),
    (Role::OrganismePayeur, "Op"),
    (Role::CommissaireDeJustice, "Cj"),
    (Role::ForcePublique, "Fp"),
    (Role::BailleurSocial, "Bs"),
    (Role::Bailleur, "Ba"),
    (Role::Ccas, "Cc"),
    (Role::Mairie, "Ma"),
    (Role::Adil, "Al"),
    (Role::Siao, "Si"),
    (Role::Fsl, "Fs"),
    (Role::Comed, "Co"),
    (Role::BanqueDeFrance, "Bf"),
    (Role::Greffe, "Gr"),
    (Role::Police, "Po"),
    (Role::MembreDeCommission, "Me"),
    (Role::Dpo, "Dp"),
    (Role::Lecteur, "Le"),
];

/// Ce qu'une adresse a répondu, en une lettre.
fn lettre(methode: &str, reponse: &Reponse) -> char {
    let encore = methode == "POST" && reponse.entete("content-type").starts_with("text/html");
    match reponse.statut {
        // Le formulaire revient, avec ce qu'il faut corriger.
        StatusCode::OK if encore => 's',
        statut if statut.is_success() || statut.is_redirection() => 'o',
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT => 's',
        StatusCode::FORBIDDEN => 'r',
        StatusCode::NOT_FOUND => '-',
        _ => '!',
    }
}

/// Un dossier de la table, et ce qui s'ouvre par un autre numéro que le sien.
struct Sorte {
    nom: &'static str,
    menage: &'static str,
    reference: String,
    notice: String,
    piece: String,
    lettre: String,
}

/// Une demande : où, et sur quel dossier.
struct Demande<'a> {
    adresse: Adresse,
    sorte: &'a Sorte,
}

/// L'adresse dépend du dossier qu'on y met.
fn est_d_un_dossier(adresse: &Adresse) -> bool {
    adresse.chemin.contains("{reference}")
        || adresse.chemin == "/api/v1/actes"
        || ["/a-completer/{id}", "/courriers/{id}", "/reception/{id}", "/api/v1/courriers/{id}"]
            .iter()
            .any(|debut| adresse.chemin.starts_with(debut))
}

impl Demande<'_> {
    /// L'adresse, ses paramètres remplis : un acte que tout partenaire consigne.
    fn chemin(&self) -> String {
        let (sorte, chemin) = (self.sorte, self.adresse.chemin);
        let id = match chemin {
            c if c.starts_with("/a-completer/") => sorte.notice.as_str(),
            c if c.starts_with("/reception/") => sorte.piece.as_str(),
            c if c.contains("/courriers/") => sorte.lettre.as_str(),
            _ => "1",
        };
        let nom = match chemin {
            c if c.starts_with("/regles/") => "treve_hivernale",
            c if c.starts_with("/aide/") => "secretariat-accueil.png",
            _ => "theme.css",
        };
        chemin
            .replace("{reference}", &sorte.reference)
            .replace("{format}", "csv")
            .replace("{acte}", "contact")
            .replace("{fait}", &format!("{}.1", sorte.notice))
            .replace("{rubrique}", "dette")
            .replace("{stade}", "cdp_signifie")
            .replace("{etape}", "menage")
            .replace("{nature}", "cdp")
            .replace("{jeton}", "0123")
            .replace("{guide}", "secretariat")
            .replace("{nom}", nom)
            .replace("{*fichier}", "dsfr.min.css")
            .replace("{regle}", "treve_hivernale")
            .replace("{id}", id)
    }

    async fn par(&self, service: &Service, qui: &Personne, role: Role) -> Reponse {
        let chemin = self.chemin();
        match (chemin.starts_with("/api/"), self.adresse.methode) {
            (true, "GET") => {
                let cle = service.ecriture(role).await;
                service.demande(Method::GET, &chemin, &cle, &[], "").await
            }
            (true, _) if chemin == "/api/v1/actes" => {
                let acte = json!({ "dossier": self.sorte.reference, "acte": "contact", "date": "2026-11-12",
                                   "mode": "visite", "issue": "joint" });
                service.consigne(&service.ecriture(role).await, &acte).await
            }
            (true, _) => {
                let (cle, genre) =
                    (service.ecriture(role).await, [("content-type", "application/json")]);
                service.demande(Method::POST, &chemin, &cle, &genre, "").await
            }
            (false, "GET") => service.lis(&chemin, &qui.cookie).await,
            (false, _) if chemin == "/reception" => service.depose(qui, "vide.csv", "").await,
            (false, _) => service.geste(qui, &chemin, champs(self.adresse.chemin)).await,
        }
    }
}

/// Ce qu'il faut à un envoi pour que le droit se demande.
fn champs(chemin: &str) -> &'static str {
    match chemin {
        "/calendrier/abonnement" => "geste=couper",
        "/comptes/{id}" => "geste=reactiver",
        "/comptes/cles/{id}" => "geste=renouveler",
        "/comptes/a-revoir/{id}" => "geste=confirmer",
        "/mon-organisme/{id}" => "geste=inviter",
        "/courriers/{id}" => "etat=imprime",
        "/dossiers/{reference}/force-publique/projet" => {
            "issue=accord&date_effet=01/12/2026&motif=Rien"
        }
        _ => "",
    }
}

/// Les dossiers de la table, et une référence que rien ne porte.
async fn sortes(service: &Service, centrale: &Personne) -> Vec<Sorte> {
    let mut sortes = Vec::new();
    for (place, (nom, menage, ligne)) in SORTES.into_iter().enumerate() {
        let depot = service.depose(centrale, &format!("{nom}.csv"), &fichier(&[ligne])).await;
        let piece = service.lis(depot.entete("location"), &centrale.cookie).await;
        let reference = dossiers(&piece)[0].trim_start_matches("/dossiers/").to_owned();
        let page = service.lis(&format!("/dossiers/{reference}"), &centrale.cookie).await;
        assert!(page.corps.contains(menage), "{nom} : {}", page.corps);
        let lettre =
            page.corps.split("/courriers/").nth(1).and_then(|r| r.split(['/', '"']).next());
        let numero = (place + 1).to_string();
        sortes.push(Sorte {
            nom,
            menage,
            reference,
            lettre: lettre.expect("une lettre").to_owned(),
            piece: numero.clone(),
            notice: numero,
        });
    }
    let confie = |service: &str| format!("date=2026-11-12&service={service}&issue=proposee");
    let restreint = "date=2026-11-12&motif=violences&nommes=secretariat".to_owned();
    for (place, acte, champs) in [
        (0, "prise_en_charge", confie("caf")),
        (1, "prise_en_charge", confie("caf")),
        (1, "acces_restreint", restreint),
        (2, "prise_en_charge", confie("departement")),
        (3, "prise_en_charge", confie("departement")),
        (4, "prise_en_charge", confie("departement")),
    ] {
        let geste = format!("/dossiers/{}/consigner/{acte}", sortes[place].reference);
        let ecrit = service.geste(centrale, &geste, &champs).await;
        assert_eq!(ecrit.statut, StatusCode::SEE_OTHER, "{geste} : {}", ecrit.corps);
    }
    sortes.push(Sorte {
        nom: "inconnu",
        menage: "\u{0}",
        reference: "62-2026-999999".to_owned(),
        notice: "999999".to_owned(),
        piece: "999999".to_owned(),
        lettre: "999999".to_owned(),
    });
    sortes
}

/// Une ligne de la table : une adresse, une sorte de dossier, une lettre par rôle.
type Table = BTreeMap<(Adresse, usize), String>;

#[tokio::test]
async fn chaque_adresse_repond_a_chaque_role_ce_que_la_table_publiee_dit() {
    let service = Service::nouveau().await;
    let centrale = service.personne(Role::SecretariatCentral).await;
    let sortes = sortes(&service, &centrale).await;
    let mut adresses = adresses();
    // Se déconnecter ferme la session : demandé le dernier.
    adresses.sort_by_key(|a| (a.chemin == "/deconnexion", a.chemin, a.methode));
    let mut table = Table::new();
    for (role, _) in COLONNES {
        let qui = if role == Role::SecretariatCentral {
            centrale.clone()
        } else {
            service.personne(role).await
        };
        for adresse in &adresses {
            let n = if est_d_un_dossier(adresse) { sortes.len() } else { 1 };
            for (place, sorte) in sortes.iter().take(n).enumerate() {
                let demande = Demande { adresse: *adresse, sorte };
                let reponse = demande.par(&service, &qui, role).await;
                let lettre = lettre(adresse.methode, &reponse);
                let cas = format!(
                    "{role:?} {} {} : {}",
                    adresse.methode,
                    demande.chemin(),
                    reponse.statut
                );
                assert_ne!(lettre, '!', "{cas}");
                if n > 1 && matches!(lettre, 'r' | '-') {
                    assert!(!reponse.corps.contains(sorte.menage), "{cas} dit {}", sorte.menage);
                }
                table.entry((*adresse, place)).or_default().push(lettre);
            }
        }
    }
    absent_comme_inconnu(&service, &sortes, &table).await;
    let noms: Vec<&str> = sortes.iter().map(|s| s.nom).collect();
    let page = page(&table, &noms);
    let fichier = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/droits-des-adresses.md");
    let publiee = std::fs::read_to_string(fichier).unwrap_or_default();
    if publiee != page {
        let neuve = Path::new(env!("CARGO_TARGET_TMPDIR")).join("droits-des-adresses.md");
        std::fs::write(&neuve, &page).expect("la table s'écrit");
        panic!(
            "docs/droits-des-adresses.md n'est plus ce que le service répond : relisez {}, puis copiez-le",
            neuve.display()
        );
    }
}

/// Un dossier qu'une personne ne voit pas répond comme un dossier qui n'existe pas. Un fichier reçu n'est
/// pas un dossier : ses lignes se lisent chacune selon le sien.
async fn absent_comme_inconnu(service: &Service, sortes: &[Sorte], table: &Table) {
    let inconnu = sortes.len() - 1;
    for (place, sorte) in sortes.iter().enumerate().take(inconnu) {
        let situation = service.situation(&sorte.reference).await;
        for (colonne, (role, _)) in COLONNES.into_iter().enumerate() {
            // Une personne : le programme, qui a le numéro 0, lit tout.
            let agent = Agent { id: AgentId(99), ..Service::agent(role) };
            if agent.perimetre().portee(&situation.situation()).is_some() {
                continue;
            }
            for ((adresse, _), lettres) in table.iter().filter(|((a, p), _)| {
                // Qui contrôle les accès à un dossier ne voit rien du dossier.
                let controle = role == Role::Dpo && a.chemin.starts_with("/registre/");
                *p == place
                    && est_d_un_dossier(a)
                    && !a.chemin.starts_with("/reception/")
                    && !controle
            }) {
                let attendue = table[&(*adresse, inconnu)].chars().nth(colonne);
                assert_eq!(
                    lettres.chars().nth(colonne),
                    attendue,
                    "{role:?} {adresse:?} {}",
                    sorte.nom
                );
            }
        }
    }
}

fn page(table: &Table, sortes: &[&str]) -> String {
    let mut page = String::from(
        "# Qui ouvre quelle adresse\n\n\
         Cette page est écrite par un essai, qui demande chaque adresse du service avec un compte de chaque rôle ; il échoue si une réponse change.\n\
         Les comptes sont d'Arras, de la Caf, de la « SCP des Essais » ; les envois sont vides, ou presque.\n\n\
         | Lettre | Ce que l'adresse répond |\n|---|---|\n\
         | `o` | elle s'ouvre, ou le geste est fait |\n\
         | `s` | le droit y est ; la saisie, vide, est refusée, avec la raison |\n\
         | `r` | ce n'est pas la mission de ce rôle, et la page le dit |\n\
         | `-` | rien n'existe ici pour cette personne |\n\n\
         | Dossier | Ce qu'il est |\n|---|---|\n\
         | ici | à Arras, confié à la Caf, signalé par l'organisme |\n\
         | restreint | le même, à l'accès restreint au secrétariat de la commission |\n\
         | part | à Lens, confié au Département, signalé par l'organisme |\n\
         | confié | à Arras, confié au Département, signalé par un autre |\n\
         | ailleurs | à Lens, confié au Département, signalé par un autre |\n\
         | inconnu | aucun dossier ne porte cette référence |\n\n\
         | Colonne | Rôle |\n|---|---|\n",
    );
    for (role, colonne) in COLONNES {
        let _ = writeln!(page, "| {colonne} | {} |", role.libelle());
    }
    let entete: Vec<&str> = COLONNES.iter().map(|(_, colonne)| *colonne).collect();
    for (titre, d_un_dossier) in
        [("Les adresses d'un dossier", true), ("Les autres adresses", false)]
    {
        let _ = writeln!(page, "\n## {titre}\n\n```text");
        let mut precedente = None;
        for ((adresse, place), lettres) in table {
            if est_d_un_dossier(adresse) != d_un_dossier {
                continue;
            }
            if !d_un_dossier && precedente.is_none() {
                let _ = writeln!(page, "{:<46} {}", "", entete.join(" "));
            }
            let nom = format!("{} {}", adresse.methode, adresse.chemin);
            let debut = if d_un_dossier {
                if precedente != Some(adresse) {
                    let _ = writeln!(page, "{nom}\n  {:<10} {}", "", entete.join(" "));
                }
                format!("  {:<10}", sortes[*place])
            } else {
                format!("{nom:<46}")
            };
            let ecartees: Vec<String> = lettres.chars().map(|l| format!(" {l}")).collect();
            let _ = writeln!(page, "{debut} {}", ecartees.join(" "));
            precedente = Some(adresse);
        }
        page.push_str("```\n");
    }
    page
}
