use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    path::Path,
    thread,
};

use epreuves::navigateur;

const SANS_DEFAUT: &str = r##"<!doctype html><html lang="fr"><head><title>Accueil</title>
<link rel="icon" href="data:,"></head>
<body><main><h1>Notices reçues</h1><form action="/suite">
<label for="nom">Nom</label><input id="nom" name="nom">
<label for="piece">Pièce</label><input id="piece" name="piece" type="file">
<button>Chercher</button></form><p id="script">sans script</p>
<script>document.querySelector("#script").textContent = "avec script"</script></main></body></html>"##;

const IMAGE_MUETTE: &str = r#"<!doctype html><html lang="fr"><head><title>Image</title></head>
<body><main><h1>Plan</h1><img src="data:,"></main></body></html>"#;

const TROP_LARGE: &str = r#"<!doctype html><html lang="fr"><head><title>Tableau</title></head>
<body style="margin:0"><main><h1>Dettes</h1><div class="tableau" style="width:900px">…</div></main></body></html>"#;

const SCRIPT_FAUTIF: &str = r#"<!doctype html><html lang="fr"><head><title>Script</title></head>
<body><script>throw new Error("panne voulue")</script></body></html>"#;

/// Sert la même page à toute requête, le temps du test.
fn servir(page: &'static str) -> String {
    let prise = TcpListener::bind("127.0.0.1:0").unwrap();
    let adresse = format!("http://{}/", prise.local_addr().unwrap());
    thread::spawn(move || {
        for flux in prise.incoming() {
            let mut flux = flux.unwrap();
            for ligne in BufReader::new(&flux).lines() {
                if ligne.map_or(true, |ligne| ligne.is_empty()) {
                    break;
                }
            }
            let _ = write!(
                flux,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\
                 Content-Length: {}\r\nConnection: close\r\n\r\n{page}",
                page.len(),
            );
        }
    });
    adresse
}

#[tokio::test]
async fn une_page_se_lit_se_remplit_et_s_envoie() {
    let page = navigateur::ouvrir().await;
    page.aller(&servir(SANS_DEFAUT)).await;
    assert_eq!(page.titre().await, "Accueil");
    assert_eq!(page.texte("h1").await, "Notices reçues");
    assert_eq!(page.texte("#script").await, "avec script");
    assert_eq!(page.textes("label").await, ["Nom", "Pièce"]);

    page.remplir("#nom", "Lefèvre").await;
    let piece = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    page.deposer_fichier("#piece", &piece).await;
    page.cliquer("button").await;
    let adresse = page.arriver("/suite?").await;
    assert!(adresse.ends_with("/suite?nom=Lef%C3%A8vre&piece=Cargo.toml"), "{adresse}");
    assert_eq!(page.erreurs_console().await, Vec::<String>::new());
}

#[tokio::test]
async fn une_page_se_lit_sans_javascript() {
    let page = navigateur::ouvrir_sans_javascript().await;
    page.aller(&servir(SANS_DEFAUT)).await;
    assert_eq!(page.texte("#script").await, "sans script");
    page.remplir("#nom", "Lefèvre").await;
    page.cliquer("button").await;
    page.arriver("nom=Lef").await;
}

#[tokio::test]
async fn axe_voit_l_image_sans_texte_et_se_tait_sur_une_page_saine() {
    let page = navigateur::ouvrir().await;
    page.aller(&servir(SANS_DEFAUT)).await;
    page.sans_violation().await;

    page.aller(&servir(IMAGE_MUETTE)).await;
    let violations = page.axe().await;
    let regles: Vec<_> = violations.iter().map(|v| v.regle.as_str()).collect();
    assert_eq!(regles, ["image-alt"]);
    assert!(violations[0].to_string().contains("<img src=\"data:,\">"), "{}", violations[0]);
}

#[tokio::test]
async fn un_debordement_se_voit_sur_un_ecran_etroit_et_pas_sur_un_large() {
    let page = navigateur::ouvrir().await;
    page.aller(&servir(TROP_LARGE)).await;
    page.pas_de_defilement_horizontal().await;

    page.taille(320, 640).await;
    let echec = tokio::spawn(async move { page.pas_de_defilement_horizontal().await }).await;
    let message = echec.unwrap_err().into_panic().downcast::<String>().unwrap();
    assert!(message.contains("div.tableau finit à 900 px, pour 320 px"), "{message}");
}

#[tokio::test]
async fn une_erreur_de_script_arrive_dans_la_console() {
    let page = navigateur::ouvrir().await;
    page.aller(&servir(SCRIPT_FAUTIF)).await;
    let erreurs = page.erreurs_console().await;
    assert!(erreurs.iter().any(|erreur| erreur.contains("panne voulue")), "{erreurs:?}");
}

#[tokio::test]
async fn la_capture_montre_toute_la_hauteur_de_la_page() {
    let page = navigateur::ouvrir().await;
    page.aller(&servir(SANS_DEFAUT)).await;
    page.executer("document.body.style.height = '3000px'").await;
    let image = std::fs::read(page.capture("epreuves-hauteur").await).unwrap();
    // En-tête PNG : largeur puis hauteur, sur quatre octets chacune.
    let dimension = |debut: usize| u32::from_be_bytes(image[debut..debut + 4].try_into().unwrap());
    assert_eq!(dimension(16), 1280);
    assert!(dimension(20) >= 3000, "{} px", dimension(20));
    assert_eq!(page.executer("return innerHeight").await, 900);
}
