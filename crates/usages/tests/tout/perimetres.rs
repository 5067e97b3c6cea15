//! Chacun ne voit que ce qui le regarde, partout : liste, recherche, dossier, files, export.

use std::sync::Arc;

use ccapex::partenaires::agent::Agent;
use stockage::courrier::EtatDeCourrier;
use stockage::liste::ordre::Tri;
use stockage::liste::{Compte, Etendue};
use tableur::ecriture::Format;
use usages::accueil::accueil;
use usages::courriers::file::file as courriers;
use usages::courriers::pdf::pdf;
use usages::dossiers::lister::lister;
use usages::dossiers::ouvrir::ouvrir;
use usages::echeances::{echeances, tout};
use usages::echec::Nature;
use usages::formes::Filtre;

use crate::appareil::{
    AUJOURD_HUI, Appareil, administrateur, caf, central, etude, exporte, lecteur, maintenant,
    sous_commission,
};
use crate::notices::cdp;

fn filtre() -> Filtre {
    Filtre { etendue: Etendue::Tous, ..tout(Tri::MiseAJour) }
}

/// Les références que cette personne voit, dans l'ordre.
async fn vues(a: &Appareil, agent: &Agent, filtre: &Filtre) -> Vec<String> {
    let liste = lister(&a.maison, agent, filtre, AUJOURD_HUI).await.unwrap();
    let mut references: Vec<String> =
        liste.page.lignes.iter().map(|d| d.reference.clone()).collect();
    assert_eq!(liste.compte, Compte::Exact(i64::try_from(references.len()).unwrap()));
    references.sort_unstable();
    references
}

/// Lens (Caf), Arras (Caf), Lens sans aide (Département, autre étude).
async fn trois_dossiers(a: &Appareil) -> [String; 3] {
    let lignes = [
        cdp("R-1"),
        cdp("R-2").du_menage(1).a_arras(),
        cdp("R-3").du_menage(2).avec("aide_logement", "non").avec("etude", "SCP Hanot Bécu"),
    ];
    let reponses = a.recoit("trois.csv", &lignes).await;
    let services: Vec<_> = reponses.iter().map(|r| r.service.as_deref().unwrap()).collect();
    assert_eq!(services, ["caf", "caf", "departement"]);
    [0, 1, 2].map(|n: usize| reponses[n].dossier.clone().unwrap())
}

async fn chacun_ne_voit_que_son_perimetre(a: Arc<Appareil>) {
    let [lens, arras, departement] = trois_dossiers(&a).await;
    let tous = [lens.clone(), arras.clone(), departement.clone()];
    #[rustfmt::skip]
    let cas: [(&str, Agent, Vec<&String>); 8] = [
        ("secrétariat central",   central(),                vec![&lens, &arras, &departement]),
        ("secrétariat de Lens",   sous_commission("lens"),  vec![&lens, &departement]),
        ("secrétariat d'Arras",   sous_commission("arras"), vec![&arras]),
        ("Caf",                   caf(),                    vec![&lens, &arras]),
        ("étude Lecocq",          etude("selarl LECOCQ"),   vec![&lens, &arras]),
        ("étude Hanot",           etude("SCP Hanot Bécu"),  vec![&departement]),
        ("pilotage",              lecteur(),                vec![]),
        ("administration",        administrateur(),         vec![]),
    ];
    for (qui, agent, attendus) in cas {
        let attendus: Vec<String> = attendus.into_iter().cloned().collect();
        assert_eq!(vues(&a, &agent, &filtre()).await, attendus, "{qui}");
        for (reference, nom) in tous.iter().zip(["lefevre", "launay", "marchand"]) {
            let visible = attendus.contains(reference);
            let trouves = |texte: &str| Filtre { texte: Some(texte.to_owned()), ..filtre() };
            assert_eq!(
                vues(&a, &agent, &trouves(nom)).await.contains(reference),
                visible,
                "{qui}, {nom}"
            );
            assert_eq!(
                vues(&a, &agent, &trouves(reference)).await.contains(reference),
                visible,
                "{qui}"
            );
            let ouvert = ouvrir(&a.maison, &agent, reference, AUJOURD_HUI, maintenant()).await;
            match ouvert {
                Ok(_) => assert!(visible, "{qui} ouvre {reference}"),
                Err(echec) => {
                    assert!(!visible, "{qui} n'ouvre pas {reference}");
                    assert_eq!(echec.nature(), Nature::Introuvable, "{qui}");
                }
            }
        }
        let export = exporte(&a, &agent, &filtre(), Format::Csv).await;
        let export = String::from_utf8(export).unwrap();
        for reference in &tous {
            assert_eq!(export.contains(reference), attendus.contains(reference), "{qui}");
        }
        let dues = echeances(
            &a.maison,
            &agent,
            AUJOURD_HUI.checked_add(jiff::ToSpan::years(1)).unwrap(),
            None,
            None,
            AUJOURD_HUI,
        )
        .await
        .unwrap();
        assert_eq!(dues.page.lignes.len(), attendus.len(), "{qui}");
    }
}

async fn les_files_et_les_comptes_suivent_le_perimetre(a: Arc<Appareil>) {
    trois_dossiers(&a).await;
    #[rustfmt::skip]
    let cas = [
        ("secrétariat central", central(),                3, 12),
        ("secrétariat de Lens", sous_commission("lens"),  2, 8),
        ("secrétariat d'Arras", sous_commission("arras"), 1, 4),
        ("Caf",                 caf(),                    2, 8),
        ("administration",      administrateur(),         0, 0),
        ("pilotage",            lecteur(),                3, 0),
    ];
    for (qui, agent, ouverts, lettres) in cas {
        let nombres = accueil(&a.maison, &agent, AUJOURD_HUI).await.unwrap();
        if qui != "administration" {
            assert_eq!(nombres.ouverts, ouverts, "{qui}");
        }
        assert_eq!(nombres.sans_etape, 0, "{qui}");
        let file = courriers(&a.maison, &agent, EtatDeCourrier::Prepare, None, 50).await.unwrap();
        assert_eq!(file.len(), lettres, "{qui}");
    }
    let arras = courriers(&a.maison, &sous_commission("arras"), EtatDeCourrier::Prepare, None, 50)
        .await
        .unwrap();
    for lettre in arras {
        let vue = pdf(&a.maison, &sous_commission("lens"), lettre.courrier.id).await.unwrap_err();
        assert_eq!(vue.nature(), Nature::Introuvable);
    }
}

async fn une_etude_ne_voit_que_ses_notices(a: Arc<Appareil>) {
    let reference = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let seconde = a
        .recoit_une(
            cdp("S-1")
                .avec("etude", "SCP Hanot Bécu")
                .avec("date_signification", "12/10/2026")
                .avec("montant_dette", "2500"),
        )
        .await;
    assert_eq!(seconde.dossier.as_deref(), Some(reference.as_str()));
    let lue = ouvrir(&a.maison, &etude("SELARL Lecocq"), &reference, AUJOURD_HUI, maintenant())
        .await
        .unwrap();
    let references: Vec<_> =
        lue.notices.iter().map(|n| n.notice.reference.clone().unwrap()).collect();
    assert_eq!(references, ["R-1"]);
    assert!(lue.journal.is_empty());
    assert!(!lue.peut_ecrire);
    let depot = etude("SELARL Lecocq").peut_deposer().unwrap();
    assert_eq!(depot.emetteur(), Some("SELARL Lecocq"));
}

async fn chaque_ouverture_est_inscrite_au_registre_des_acces(a: Arc<Appareil>) {
    let reference = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    // La réception a inscrit la sienne.
    let acces =
        "SELECT CAST(agent AS TEXT) || ' ' || geste FROM acces WHERE geste <> 'ecrire' ORDER BY id";
    assert!(a.brut().await.textes(acces).await.is_empty());
    for agent in [central(), caf(), etude("SELARL Lecocq")] {
        ouvrir(&a.maison, &agent, &reference, AUJOURD_HUI, maintenant()).await.unwrap();
    }
    ouvrir(&a.maison, &sous_commission("arras"), &reference, AUJOURD_HUI, maintenant())
        .await
        .unwrap_err();
    assert_eq!(a.brut().await.textes(acces).await, ["1 ouvrir", "3 ouvrir", "4 ouvrir"]);
}

async fn une_etude_ne_depose_qu_en_son_nom_et_un_lecteur_ne_depose_pas(a: Arc<Appareil>) {
    let octets = crate::notices::csv(&[cdp("R-1").avec("etude", "Une autre étude")]);
    let (_, reponses) =
        a.depose(&etude("SELARL Lecocq"), "a.csv", octets.clone(), None, None).await.unwrap();
    assert!(reponses[0].dossier.is_some());
    let emetteurs = a.brut().await.textes("SELECT emetteur FROM notice").await;
    assert_eq!(emetteurs, ["selarl lecocq"]);
    for agent in [lecteur(), administrateur()] {
        let refus = a.depose(&agent, "b.csv", octets.clone(), None, None).await.unwrap_err();
        assert_eq!(refus.nature(), Nature::HorsMission);
    }
}

sur_les_deux_moteurs!(
    chacun_ne_voit_que_son_perimetre,
    les_files_et_les_comptes_suivent_le_perimetre,
    une_etude_ne_voit_que_ses_notices,
    chaque_ouverture_est_inscrite_au_registre_des_acces,
    une_etude_ne_depose_qu_en_son_nom_et_un_lecteur_ne_depose_pas,
);
