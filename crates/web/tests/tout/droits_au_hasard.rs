//! Des dossiers et des personnes au hasard : ni une liste, ni une recherche, ni un export, ni l'interface
//! ne disent d'un dossier plus que son écran, et une liste montre tous ceux qui s'ouvrent.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use ccapex::partenaires::agent::{Agent, Borne, Role};

use super::appareil::{Personne, Service};
use super::parcours::{dossiers, fichier};

/// Un tirage qui se rejoue.
struct Tirage(u64);

impl Tirage {
    fn jusqu_a(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("trente et un bits") % n
    }

    fn parmi<T: Copy>(&mut self, choix: &[T]) -> T {
        choix[self.jusqu_a(choix.len())]
    }
}

const COMMUNES: [(&str, &str, &str); 3] =
    [("62000", "ARRAS", "62041"), ("62300", "LENS", "62498"), ("62400", "BETHUNE", "62119")];
const ETUDES: [&str; 2] = ["SCP des Essais", "SCP Ailleurs"];
const BAILLEURS: [(&str, &str); 3] = [
    ("bailleur_social", "HABITAT DES ESSAIS"),
    ("personne_morale", "SCI DU BEFFROI"),
    ("personne_physique", "VASSEUR Henri"),
];
const ORGANISMES: [&str; 4] =
    ["SCP des Essais", "SCP Ailleurs", "Habitat des Essais", "Sci du Beffroi"];

/// Un dossier, et les mots qui ne sont qu'à lui.
struct Marque {
    reference: String,
    mots: Vec<String>,
}

/// Des lettres qui ne sont qu'à ce dossier.
fn lettres(n: usize) -> String {
    let lettre = |n: usize| char::from(b'A' + u8::try_from(n % 26).expect("une lettre"));
    format!("X{}Q{}Z", lettre(n), lettre(n * 7 + 3))
}

async fn des_dossiers(service: &Service, centrale: &Personne, tirage: &mut Tirage) -> Vec<Marque> {
    let mut lignes = Vec::new();
    for n in 0..12 {
        let (code, commune, _) = tirage.parmi(&COMMUNES);
        let (genre, bailleur) = tirage.parmi(&BAILLEURS);
        let (etude, nom) = (tirage.parmi(&ETUDES), lettres(n));
        lignes.push(format!(
            "M-{n};{etude};12/10/2026;{genre};{bailleur};MENAGE{nom};Aline;4 rue {nom}UE;{code};{commune};01/09/2024;520,00;{},{:02};03/06/2026;2;oui\n",
            2_400 + n,
            13 + n,
        ));
    }
    let lignes: Vec<&str> = lignes.iter().map(String::as_str).collect();
    service.depose(centrale, "hasard.csv", &fichier(&lignes)).await;
    let mut marques = Vec::new();
    for n in 0..12 {
        let nom = lettres(n);
        let trouve = service.lis(&format!("/dossiers?q=MENAGE{nom}"), &centrale.cookie).await;
        let reference = dossiers(&trouve)[0].trim_start_matches("/dossiers/").to_owned();
        marques.push(Marque {
            mots: vec![
                format!("MENAGE{nom}"),
                format!("{nom}UE"),
                format!("{},{:02}", 2_400 + n, 13 + n),
                format!("Parole{nom}"),
                format!("Alerte{nom}"),
                format!("{},77", 5_200 + n),
                reference.clone(),
            ],
            reference,
        });
    }
    for (n, marque) in marques.iter().enumerate() {
        let nom = lettres(n);
        let destinataire = tirage.parmi(&["caf", "ccas", "fsl", "bailleur", "departement", "siao"]);
        let service_ = tirage.parmi(&["caf", "departement", "msa"]);
        let nomme = tirage.parmi(&["caf", "departement", "secretariat:lens", "secretariat:arras"]);
        let actes = [
            ("prise_en_charge", format!("service={service_}&issue=proposee")),
            ("parole_menage", format!("parole=Parole{nom}")),
            ("dette", format!("montant={},77", 5_200 + n)),
            (
                "alerte",
                format!("code=suspension_aide&destinataires={destinataire}&contenu=Alerte{nom}"),
            ),
            ("dsf_demande", "organisme=ccas".to_owned()),
            ("requisition_cfp", String::new()),
            ("acces_restreint", format!("motif=violences&nommes=secretariat,{nomme}")),
        ];
        for (acte, champs) in actes {
            let saute = if acte == "acces_restreint" { 2 } else { 1 };
            if tirage.jusqu_a(3) < saute {
                continue;
            }
            let geste = format!("/dossiers/{}/consigner/{acte}", marque.reference);
            let champs = format!("date=2026-11-12&{champs}");
            let ecrit = service.geste(centrale, &geste, &champs).await;
            assert_eq!(ecrit.statut, StatusCode::SEE_OTHER, "{acte} : {}", ecrit.corps);
        }
    }
    marques
}

fn une_personne(role: Role, tirage: &mut Tirage) -> Agent {
    let service = tirage.parmi(&["caf", "departement", "msa"]);
    Agent {
        organisme: tirage.parmi(&ORGANISMES).to_owned(),
        sous_commission: Some(tirage.parmi(&["arras", "lens", "bethune"]).to_owned()),
        service: (role.borne() == Borne::Service).then(|| service.to_owned()),
        communes: vec![tirage.parmi(&COMMUNES).2.to_owned()],
        ..Service::agent(role)
    }
}

/// Un texte sans ce qui sépare les milliers : une somme s'y cherche.
fn a_plat(corps: &str) -> String {
    corps.chars().filter(|c| !matches!(c, '\u{202f}' | '\u{a0}')).collect()
}

/// Les pages qui montrent plusieurs dossiers.
const ENSEMBLES: [&str; 19] = [
    "/calendrier",
    "/calendrier?le=2026-12-01",
    "/calendrier?vue=semaine&le=2026-12-15",
    "/notifications",
    "/tableau-de-bord",
    "/",
    "/dossiers?etendue=tous",
    "/dossiers/export/csv?etendue=tous",
    "/echeances?periode=tout",
    "/alertes",
    "/alertes?quelles=toutes",
    "/alertes?quelles=retard",
    "/prises-en-charge",
    "/diagnostics",
    "/a-completer",
    "/rapprochements",
    "/courriers",
    "/cellule-technique",
    "/cellule-technique/a-reattribuer",
];

async fn rien_de_plus_que_l_ecran(
    service: &Service,
    qui: &Personne,
    identifiant: &str,
    marques: &[Marque],
) {
    let lis = async |chemin: &str| a_plat(&service.lis(chemin, &qui.cookie).await.corps);
    let mut ensembles = vec![("/reception/1".to_owned(), lis("/reception/1").await)];
    for chemin in ENSEMBLES {
        ensembles.push((chemin.to_owned(), lis(chemin).await));
    }
    if service.lis("/calendrier", &qui.cookie).await.statut == StatusCode::OK {
        let lien = super::calendrier::lien(service, qui).await;
        ensembles.push(("l'agenda".to_owned(), lis(&lien).await.replace("\r\n ", "")));
    }
    let mut ouverts = BTreeSet::new();
    for marque in marques {
        let chemin = format!("/dossiers/{}", marque.reference);
        let page = service.lis(&chemin, &qui.cookie).await;
        let ouvre = page.statut == StatusCode::OK;
        let mut ecran = a_plat(&page.corps);
        if ouvre {
            ouverts.insert(marque.reference.clone());
            ecran.push_str(&lis(&format!("{chemin}/alertes")).await);
        } else {
            assert_eq!(page.statut, StatusCode::NOT_FOUND, "{identifiant} {chemin}");
            // La page dit la référence demandée, et rien d'autre.
            ecran.clear();
        }
        let api = format!("/api/v1/dossiers/{}", marque.reference);
        let api = service.obtient(&api, &service.cle_du_compte(identifiant).await).await;
        assert_eq!(api.statut, page.statut, "{identifiant} {chemin} par l'interface");
        let json = if ouvre { api.corps } else { String::new() };
        let cherche = [&marque.mots[0], &marque.reference];
        for texte in cherche {
            for ou in ["/dossiers?etendue=tous&q=", "/recherche?q=", "/recherche/propositions?q="] {
                let chemin = format!("{ou}{texte}");
                let adresse = format!("/dossiers/{}\"", marque.reference);
                let trouve = lis(&chemin).await.contains(&adresse);
                assert!(ouvre || !trouve, "{identifiant} {chemin}");
            }
        }
        for mot in &marque.mots {
            for (d_ou, corps) in
                ensembles.iter().map(|(d, c)| (d.as_str(), c)).chain([("api", &json)])
            {
                assert!(
                    !corps.contains(mot.as_str()) || ecran.contains(mot.as_str()),
                    "{identifiant} lit « {mot} » dans {d_ou}, et non dans {chemin}"
                );
            }
        }
    }
    let liste = service.lis("/dossiers?etendue=tous", &qui.cookie).await;
    let listes: BTreeSet<String> =
        dossiers(&liste).iter().map(|d| d.trim_start_matches("/dossiers/").to_owned()).collect();
    if liste.statut == StatusCode::OK {
        assert_eq!(listes, ouverts, "{identifiant} : la liste montre ce qui s'ouvre");
    }
}

#[tokio::test]
async fn rien_ne_dit_d_un_dossier_plus_que_son_ecran() {
    for graine in [3, 20] {
        let mut tirage = Tirage(graine);
        let service = Service::nouveau().await;
        let centrale = service.personne(Role::SecretariatCentral).await;
        let marques = des_dossiers(&service, &centrale, &mut tirage).await;
        let (mut vus, mut absents) = (0, 0);
        for (n, role) in Role::TOUS.into_iter().enumerate() {
            let agent = une_personne(role, &mut tirage);
            let identifiant = format!("hasard-{n}");
            let qui = service.personne_nommee(&identifiant, agent).await;
            rien_de_plus_que_l_ecran(&service, &qui, &identifiant, &marques).await;
            for marque in &marques {
                let page =
                    service.lis(&format!("/dossiers/{}", marque.reference), &qui.cookie).await;
                if page.statut == StatusCode::OK { vus += 1 } else { absents += 1 }
            }
        }
        // Sans les uns ou sans les autres, l'essai ne dirait rien.
        assert!(vus > 40 && absents > 40, "{vus} vus, {absents} absents");
    }
}
