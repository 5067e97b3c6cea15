//! Un export est la liste, et rien ne s'y exécute.

use std::sync::Arc;

use stockage::liste::{Etendue, Tri};
use tableur::ecriture::Format;
use usages::courriers::pdf::courriel;
use usages::dossiers::exporter::exporter;
use usages::dossiers::lister::lister;
use usages::dossiers::ouvrir::ouvrir;
use usages::echeances::tout;
use usages::formes::Filtre;

use crate::appareil::{AUJOURD_HUI, Appareil, central, maintenant};
use crate::notices::{beaucoup, cdp};

async fn exporte(a: &Appareil, filtre: &Filtre, format: Format) -> Vec<u8> {
    exporter(&a.maison, &central(), filtre, format, AUJOURD_HUI).await.unwrap()
}

/// Les lignes d'un export, relues par la lecture des fichiers.
fn references(texte: &str) -> Vec<&str> {
    texte.lines().skip(1).filter_map(|ligne| ligne.split(';').next()).collect()
}

async fn un_export_est_la_liste_entiere_dans_le_meme_ordre(a: Arc<Appareil>) {
    a.recoit("beaucoup.csv", &beaucoup(130)).await;
    let mut filtre = Filtre { etendue: Etendue::Tous, limite: 40, ..tout(Tri::Echeance) };
    let texte = String::from_utf8(exporte(&a, &filtre, Format::Csv).await).unwrap();
    let mut liste = Vec::new();
    loop {
        let page = lister(&a.maison, &central(), &filtre, AUJOURD_HUI).await.unwrap().page;
        liste.extend(page.lignes.into_iter().map(|d| d.reference));
        match page.suivant {
            Some(suivant) => filtre.apres = Some(suivant),
            None => break,
        }
    }
    assert!(liste.len() > 100, "{}", liste.len());
    assert_eq!(references(&texte), liste);
    // Un filtre réduit l'export comme la liste.
    let reduit = Filtre { commune: Some("62041".to_owned()), apres: None, ..filtre.clone() };
    let reduit = String::from_utf8(exporte(&a, &reduit, Format::Csv).await).unwrap();
    assert!(references(&reduit).is_empty());
    filtre.apres = None;
    for format in [Format::Xlsx, Format::Ods] {
        let octets = exporte(&a, &filtre, format).await;
        assert!(octets.starts_with(b"PK"), "{format:?}");
        assert_eq!(exporte(&a, &filtre, format).await, octets, "mêmes lignes, mêmes octets");
        let relu = relire(&octets, format);
        assert_eq!(relu, liste, "{format:?}");
    }
}

/// Les références d'un classeur, relues par le lecteur des réceptions.
fn relire(octets: &[u8], format: Format) -> Vec<String> {
    use tableur::champ::Champ;
    use tableur::correspondance::Correspondance;
    use tableur::lecture::{Options, ouvrir};
    use tableur::nature::Nature;
    let correspondance = Correspondance::default()
        .avec("Référence", Champ::ReferenceActe)
        .avec("Ménage", Champ::LocataireNom)
        .avec("Adresse", Champ::LogementAdresse)
        .avec("Avant le", Champ::DateSignification);
    let options = Options {
        nature: Some(Nature::Cdp),
        correspondance: Some(correspondance),
        ..Options::default()
    };
    let nom = format!("export.{}", format.extension());
    let classeur = ouvrir(&nom, octets, &options).unwrap();
    classeur
        .lignes()
        .map(|ligne| match ligne.valeur(Champ::ReferenceActe) {
            Some(tableur::valeur::Valeur::Texte(texte)) => texte.clone(),
            autre => panic!("{autre:?}"),
        })
        .collect()
}

async fn une_formule_ou_du_html_dans_un_nom_reste_du_texte(a: Arc<Appareil>) {
    let formule = "=HYPERLINK(\"http://exemple.invalid\")";
    let hostiles = [
        cdp("R-1").avec("locataire_nom", formule),
        cdp("R-2").du_menage(1).avec("locataire_nom", "<script>alert(1)</script>"),
        cdp("R-3").du_menage(2).avec("locataire_prenom", "+cmd|' /C calc'!A0"),
        cdp("R-4")
            .du_menage(3)
            .avec("locataire_nom", "@SUM(A1)")
            .avec("bailleur_nom", "#set page(width: 1pt)"),
    ];
    let reponses = a.recoit("hostiles.csv", &hostiles).await;
    let filtre = Filtre { etendue: Etendue::Tous, ..tout(Tri::Echeance) };
    let texte = String::from_utf8(exporte(&a, &filtre, Format::Csv).await).unwrap();
    for cellule in texte.lines().flat_map(|ligne| ligne.split(';')) {
        let debut = cellule.trim_start_matches('"').chars().next().unwrap_or(' ');
        assert!(!"=+-@\t".contains(debut), "cellule exécutable : {cellule}");
    }
    assert!(texte.contains("HYPERLINK"), "le nom reste lisible : {texte}");
    for reponse in reponses {
        let reference = reponse.dossier.unwrap();
        let ouvert =
            ouvrir(&a.maison, &central(), &reference, AUJOURD_HUI, maintenant()).await.unwrap();
        for lettre in &ouvert.courriers {
            let pdf = usages::courriers::pdf::pdf(&a.maison, &central(), lettre.id).await.unwrap();
            assert!(pdf.octets.starts_with(b"%PDF-"));
            let courriel = courriel(&a.maison, &central(), lettre.id).await.unwrap();
            assert!(!courriel.objet.contains('\n'));
        }
    }
}

sur_les_deux_moteurs!(
    un_export_est_la_liste_entiere_dans_le_meme_ordre,
    une_formule_ou_du_html_dans_un_nom_reste_du_texte,
);
