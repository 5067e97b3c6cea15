//! Un export est la liste, et rien ne s'y exécute.

use std::sync::Arc;

use stockage::liste::ordre::{Curseur, Sens, Tri};
use stockage::liste::{Compte, Etendue};
use tableur::ecriture::Format;
use usages::courriers::pdf::courriel;
use usages::dossiers::colonnes::Colonne;
use usages::dossiers::exporter::Presentation;
use usages::dossiers::lister::lister;
use usages::dossiers::ouvrir::ouvrir;
use usages::echeances::tout;
use usages::formes::Filtre;

use crate::appareil::{
    AUJOURD_HUI, Appareil, caf, central, en_entier, etude, exporte, maintenant, sous_commission,
};
use crate::notices::{beaucoup, cdp};

/// Les lignes d'un export, relues par la lecture des fichiers.
fn references(texte: &str) -> Vec<&str> {
    texte.lines().skip(1).filter_map(|ligne| ligne.split(';').next()).collect()
}

async fn un_export_est_la_liste_entiere_dans_le_meme_ordre(a: Arc<Appareil>) {
    a.recoit("beaucoup.csv", &beaucoup(130)).await;
    let mut filtre = Filtre { etendue: Etendue::Tous, limite: 40, ..tout(Tri::Echeance) };
    let texte = String::from_utf8(exporte(&a, &central(), &filtre, Format::Csv).await).unwrap();
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
    let reduit = Filtre { commune: vec!["62041".to_owned()], apres: None, ..filtre.clone() };
    let reduit = String::from_utf8(exporte(&a, &central(), &reduit, Format::Csv).await).unwrap();
    assert!(references(&reduit).is_empty());
    filtre.apres = None;
    for format in [Format::Xlsx, Format::Ods] {
        let octets = exporte(&a, &central(), &filtre, format).await;
        assert!(octets.starts_with(b"PK"), "{format:?}");
        assert_eq!(
            exporte(&a, &central(), &filtre, format).await,
            octets,
            "mêmes lignes, mêmes octets"
        );
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
        .avec("Dossier", Champ::ReferenceActe)
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
    let texte = String::from_utf8(exporte(&a, &central(), &filtre, Format::Csv).await).unwrap();
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

/// Une suite de tirages, la même à chaque essai.
struct Tirage(u64);

impl Tirage {
    fn parmi<T: Clone>(&mut self, choix: &[T]) -> T {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let place = usize::try_from(self.0 >> 33).unwrap() % choix.len();
        choix[place].clone()
    }

    fn quelques(&mut self, choix: &[&str]) -> Vec<String> {
        let combien = self.parmi(&[0, 0, 1, 2, choix.len()]);
        (0..combien).map(|_| self.parmi(choix).to_owned()).collect()
    }

    fn filtre(&mut self) -> Filtre {
        Filtre {
            etendue: self.parmi(&[Etendue::Ouverts, Etendue::Tous]),
            service: self.quelques(&["caf", "departement", "msa"]),
            stade: self.quelques(&["cdp_signifie", "assignation_delivree"]),
            commune: self.quelques(&["62498", "62041", "62119"]),
            sous_commission: self.quelques(&["lens", "arras"]),
            texte: self.parmi(&[None, None, Some("le".to_owned()), Some("ma".to_owned())]),
            echeance_avant: self.parmi(&[None, None, Some(jiff::civil::date(2026, 12, 1))]),
            sens: self.parmi(&[Sens::Naturel, Sens::Inverse]),
            limite: self.parmi(&[3, 25, 50]),
            ..tout(self.parmi(&Tri::TOUS))
        }
    }
}

async fn un_export_est_la_liste_page_apres_page_quels_que_soient_filtre_ordre_colonnes_et_personne(
    a: Arc<Appareil>,
) {
    a.recoit("beaucoup.csv", &beaucoup(60)).await;
    let a_arras: Vec<_> = (0..8).map(|n| cdp(&format!("X-{n}")).du_menage(n).a_arras()).collect();
    a.recoit("arras.csv", &a_arras).await;
    let mut tirage = Tirage(62);
    let mut non_vides = 0;
    for tour in 0..60 {
        let agent = tirage.parmi(&[
            central(),
            sous_commission("lens"),
            sous_commission("arras"),
            caf(),
            etude("SELARL Lecocq"),
        ]);
        let mut filtre = tirage.filtre();
        let colonnes: Vec<Colonne> = Colonne::permises(&agent)
            .into_iter()
            .filter(|_| tirage.parmi(&[true, false]))
            .collect();
        let colonnes = Colonne::choisies(colonnes.iter().map(|c| c.code()), &agent);
        let presentation = Presentation {
            colonnes: colonnes.clone(),
            format: Format::Csv,
            fuseau: jiff::tz::TimeZone::UTC,
        };
        let export = en_entier(&a, &agent, &filtre, presentation).await;
        let export = String::from_utf8(export).unwrap();
        let cas = format!("{tour} {:?} {filtre:?}", agent.role);
        let titres: Vec<&str> = colonnes.iter().map(|c| c.titre()).collect();
        assert_eq!(
            export.trim_start_matches('\u{feff}').lines().next(),
            Some(&*titres.join(";")),
            "{cas}"
        );
        let mut liste = Vec::new();
        loop {
            let page = lister(&a.maison, &agent, &filtre, AUJOURD_HUI).await.unwrap();
            liste.extend(page.page.lignes.into_iter().map(|d| d.reference));
            match page.page.suivant {
                // Tel que l'adresse de la page le porte.
                Some(suivant) => filtre.apres = Curseur::de_code(&suivant.code()),
                None => {
                    let n = i64::try_from(liste.len()).unwrap();
                    assert_eq!(page.compte, Compte::Exact(n), "{cas}");
                    break;
                }
            }
        }
        assert_eq!(references(&export), liste, "{cas}");
        non_vides += usize::from(!liste.is_empty());
    }
    assert!(non_vides > 15, "{non_vides}");
}

sur_les_deux_moteurs!(
    un_export_est_la_liste_page_apres_page_quels_que_soient_filtre_ordre_colonnes_et_personne,
    un_export_est_la_liste_entiere_dans_le_meme_ordre,
    une_formule_ou_du_html_dans_un_nom_reste_du_texte,
);
