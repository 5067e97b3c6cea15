//! Les images des guides, prises dans la démonstration, où tous les noms sont inventés.
//!
//! Elles se refont sur demande seulement : `docs/guide/LISEZMOI.md` dit comment.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use epreuves::navigateur;

use super::{connecter, url, voir};

/// De quoi lire sans agrandir, et rester légère.
const CADRE: (u64, u64) = (1000, 620);

/// Le nom de l'image, le compte, la page, le lien à suivre depuis elle, son titre.
type Image = (&'static str, &'static str, &'static str, Option<&'static str>, &'static str);

#[rustfmt::skip]
const IMAGES: [Image; 10] = [
    ("secretariat-accueil",      "central",     "/",                        None,                              "Accueil"),
    ("secretariat-notice",       "central",     "/a-completer",             Some("tbody tr:first-child td a"), ""),
    ("secretariat-courriers",    "central",     "/courriers",               None,                              "Courriers"),
    ("service-social-audiences", "departement", "/diagnostics",             None,                              "Audiences proches"),
    ("service-social-diagnostic","departement", "/dossiers/62-2026-000482/diagnostic", None,                   "Diagnostic social et financier"),
    ("organisme-payeur-dossier", "caf",         "/dossiers",                Some("tbody th a"),                ""),
    ("commissaire-reception",    "etude",       "/reception",               None,                              "Réception"),
    ("partenaire-dossier",       "bailleur",    "/dossiers",                Some("tbody th a"),                ""),
    ("pilotage-accueil",         "pilotage",    "/",                        None,                              "Accueil"),
    ("administration-comptes",   "admin",       "/comptes",                 None,                              "Comptes"),
];

#[tokio::test]
#[ignore = "récrit docs/guide/images : à lancer quand les pages ont changé"]
async fn les_images_des_guides_se_refont() {
    let dossier = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/images");
    fs::create_dir_all(&dossier).expect("le dossier des images");
    let page = navigateur::ouvrir().await;
    let mut connecte = "";
    for (nom, compte, chemin, lien, titre) in IMAGES {
        if compte != connecte {
            page.client().delete_all_cookies().await.expect("les cookies s'effacent");
            connecter(&page, compte).await;
            connecte = compte;
        }
        page.taille(CADRE.0, CADRE.1).await;
        page.aller(&url(chemin)).await;
        if let Some(lien) = lien {
            page.cliquer(lien).await;
        }
        voir(&page, "h1", titre).await;
        let image = page.client().screenshot().await.expect("la page se photographie");
        fs::write(dossier.join(format!("{nom}.png")), reduire(&image)).expect("l'image s'écrit");
    }
}

type Couleur = [u8; 3];

/// La même image en 256 couleurs au plus, les plus présentes : trois fois plus légère, et à l'œil la même.
fn reduire(image: &[u8]) -> Vec<u8> {
    let mut lecteur = png::Decoder::new(Cursor::new(image)).read_info().expect("une image");
    let mut octets = vec![0; lecteur.output_buffer_size().expect("une taille connue")];
    let lue = lecteur.next_frame(&mut octets).expect("l'image se lit");
    let pas = lue.color_type.samples();
    let points: Vec<Couleur> = octets[..lue.buffer_size()]
        .chunks_exact(pas)
        .map(|point| [point[0], point[1], point[2]])
        .collect();

    let mut presence: BTreeMap<Couleur, u32> = BTreeMap::new();
    for point in &points {
        *presence.entry(*point).or_default() += 1;
    }
    let mut couleurs: Vec<(u32, Couleur)> = presence.iter().map(|(c, n)| (*n, *c)).collect();
    couleurs.sort_by_key(|(n, couleur)| (std::cmp::Reverse(*n), *couleur));
    couleurs.truncate(256);
    let place = |cherchee: &Couleur| {
        let ecart = |c: &Couleur| -> u32 {
            c.iter().zip(cherchee).map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum()
        };
        let proche = couleurs.iter().enumerate().min_by_key(|(_, (_, c))| ecart(c));
        u8::try_from(proche.map_or(0, |(rang, _)| rang)).expect("256 couleurs")
    };
    let rangs: BTreeMap<Couleur, u8> = presence.keys().map(|c| (*c, place(c))).collect();
    let indices: Vec<u8> = points.iter().map(|point| rangs[point]).collect();

    let mut ecrit = Vec::new();
    let mut encodeur = png::Encoder::new(&mut ecrit, lue.width, lue.height);
    encodeur.set_color(png::ColorType::Indexed);
    encodeur.set_depth(png::BitDepth::Eight);
    encodeur.set_palette(couleurs.iter().flat_map(|(_, c)| *c).collect::<Vec<u8>>());
    encodeur.set_compression(png::Compression::High);
    let mut sortie = encodeur.write_header().expect("l'en-tête s'écrit");
    sortie.write_image_data(&indices).expect("les points s'écrivent");
    sortie.finish().expect("l'image finit");
    ecrit
}
