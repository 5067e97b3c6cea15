//! La boîte de recherche : elle trouve sous toute écriture, dit pourquoi, et rien hors du périmètre.

use std::sync::Arc;

use ccapex::partenaires::agent::Agent;
use ccapex::recherche::accord::Pourquoi;
use serde_json::json;
use usages::actes::demande::Statut;
use usages::dossiers::chercher::chercher;
use usages::entretien::reconstruire::reconstruire;

use crate::appareil::{
    AUJOURD_HUI, Appareil, administrateur, caf, central, etude, lecteur, sous_commission,
};
use crate::notices::{MENAGES, beaucoup, cdp};
use crate::restreints::{centrale, consigne};

/// Les dossiers trouvés, et la dernière raison de chacun.
async fn trouves(a: &Appareil, agent: &Agent, saisi: &str) -> Vec<(String, Pourquoi)> {
    let reponse = chercher(&a.maison, agent, saisi, 20, AUJOURD_HUI).await.unwrap();
    let raison = |p: &[Pourquoi]| *p.last().unwrap_or_else(|| panic!("{saisi} : sans raison"));
    reponse.trouves.iter().map(|(t, p)| (t.reference.clone(), raison(p))).collect()
}

/// Lefèvre Anna à Lens, puis chaque ménage à Arras ; le dossier de chacun, dans l'ordre.
async fn quelques_menages(a: &Appareil) -> Vec<String> {
    let mut lignes = vec![cdp("26/01234").avec("telephone", "+33 (0)6 12 34 56 78")];
    for rang in 0..MENAGES.len() {
        lignes.push(cdp(&format!("EX-62-{rang:04}")).du_menage(rang).a_arras());
    }
    let reponses = a.recoit("quelques.csv", &lignes).await;
    reponses.iter().map(|r| r.dossier.clone().unwrap()).collect()
}

async fn un_menage_se_retrouve_par_tout_ce_qu_on_en_sait(a: Arc<Appareil>) {
    use Pourquoi::{
        Acte, Adresse, AdresseProche, Commune, DebutDuNom, Nom, NomApprochant, NomProche,
        Reference, Telephone,
    };
    let dossiers = quelques_menages(&a).await;
    let (lefevre, bruneau, launay, perrin) =
        (&dossiers[0], &dossiers[1], &dossiers[2], &dossiers[4]);
    let chiffres: String = lefevre.chars().filter(char::is_ascii_digit).collect();
    let numero = lefevre.rsplit('-').next().unwrap().trim_start_matches('0').to_owned();
    #[rustfmt::skip]
    let cas: Vec<(String, &String, Pourquoi)> = [
        ("lefèvre",                 lefevre, Nom),
        ("Lefebvre",                lefevre, NomProche),
        ("anna lefevre",            lefevre, Nom),
        ("le fevre",                lefevre, Nom),
        ("lefe",                    lefevre, DebutDuNom),
        ("lefevre an",              lefevre, DebutDuNom),
        ("lefevrre ana",            lefevre, NomProche),
        ("brunau",                  bruneau, NomProche),
        ("brumeau",                 bruneau, NomApprochant),
        ("launay noel",             launay,  Nom),
        ("launai",                  launay,  NomProche),
        ("pperin",                  perrin,  NomProche),
        ("boulevard lemoine",       lefevre, Adresse),
        ("64 bd lemoine lens",      lefevre, Commune),
        ("lemoyne 62300",           lefevre, Commune),
        ("rue des tileuls",         bruneau, AdresseProche),
        ("place du marché arras",   launay,  Commune),
        ("06 12 34 56 78",          lefevre, Telephone),
        ("06.12.34",                lefevre, Telephone),
        ("0033612345678",           lefevre, Telephone),
        ("RG 26/01234",             lefevre, Acte),
        ("26/1234",                 lefevre, Acte),
        ("ex620000",                bruneau, Acte),
    ]
    .into_iter()
    .map(|(saisi, dossier, raison)| (saisi.to_owned(), dossier, raison))
    .chain([
        (lefevre.clone(), lefevre, Reference),
        (lefevre.replace('-', " "), lefevre, Reference),
        (chiffres, lefevre, Reference),
        (numero, lefevre, Reference),
    ])
    .collect();
    for (saisi, attendu, raison) in cas {
        let trouves = trouves(&a, &central(), &saisi).await;
        let premier = trouves.first().map(|(reference, p)| (reference, *p));
        let juste = trouves.iter().any(|(r, p)| r == attendu && *p == raison);
        assert!(
            premier.is_some_and(|(r, _)| r == attendu) && juste,
            "{saisi} : {trouves:?}, attendu {attendu} {raison:?}"
        );
    }
    for saisi in [
        "dubois",
        "rue victor hugo",
        "0699999999",
        "62-2019-000001",
        "27/99999",
        "",
        "   ",
        "%",
        "' OR 1=1",
    ] {
        assert!(trouves(&a, &central(), saisi).await.is_empty(), "{saisi}");
    }
    let lens = chercher(&a.maison, &central(), "lens", 20, AUJOURD_HUI).await.unwrap();
    assert_eq!(lens.communes.iter().map(|c| c.nom).collect::<Vec<_>>(), ["Lens"]);
}

async fn une_recherche_ne_montre_rien_hors_du_perimetre(a: Arc<Appareil>) {
    let dossiers = quelques_menages(&a).await;
    #[rustfmt::skip]
    let cas = [
        ("secrétariat central",   central(),                true),
        ("secrétariat de Lens",   sous_commission("lens"),  true),
        ("secrétariat d'Arras",   sous_commission("arras"), false),
        ("Caf",                   caf(),                    true),
        ("son étude",             etude("SELARL Lecocq"),   true),
        ("une autre étude",       etude("SCP Hanot Bécu"),  false),
        ("pilotage",              lecteur(),                false),
        ("administration",        administrateur(),         false),
    ];
    for (qui, agent, visible) in cas {
        for saisi in
            ["lefevre", "lefebvre", "lemoine lens", "26/01234", dossiers[0].as_str(), "0612345678"]
        {
            // L'étude n'a pas écrit les téléphones que les autres donnent : elle ne cherche pas par eux.
            let visible = visible && !(saisi.starts_with("06") && qui == "son étude");
            let trouves = trouves(&a, &agent, saisi).await;
            assert_eq!(trouves.iter().any(|(r, _)| *r == dossiers[0]), visible, "{qui}, {saisi}");
        }
    }
}

async fn un_dossier_clos_ou_restreint_se_cherche_encore_dans_sa_sous_commission(a: Arc<Appareil>) {
    let (de_lens, d_arras) = (sous_commission("lens"), sous_commission("arras"));
    let places = async |agent: &Agent| a.maison.stockage.places(&agent.perimetre()).await.unwrap();
    assert_eq!(places(&de_lens).await, Some(vec![]), "rien encore");
    let dossiers = quelques_menages(&a).await;
    let toujours = async || {
        assert_eq!(places(&de_lens).await, Some(vec!["62498".to_owned()]));
        assert_eq!(places(&d_arras).await, Some(vec!["62041".to_owned()]));
        assert_eq!(places(&central()).await, None, "de partout");
    };
    toujours().await;
    #[rustfmt::skip]
    let actes = [
        json!({"acte": "prise_en_charge", "date": "2026-11-10", "service": "caf", "issue": "acceptee"}),
        json!({"acte": "acces_restreint", "date": "2026-11-19", "motif": "violences",
            "nommes": ["secretariat", "caf"], "note": "L'adresse est à taire."}),
        json!({"acte": "acces_retabli", "date": "2026-11-20"}),
        json!({"acte": "issue_menage", "date": "2026-11-20", "issue": "maintien"}),
    ];
    for mut acte in actes {
        acte["dossier"] = json!(dossiers[0]);
        let reponse = consigne(&a, &centrale(), acte).await;
        assert_eq!(reponse.statut, Statut::Consigne, "{}", reponse.en_mots());
        toujours().await;
        a.est_ce_que_dit_son_journal().await;
    }
    assert_eq!(trouves(&a, &de_lens, "lefevre").await.len(), 1, "clos, il se retrouve");
}

/// Deux cent vingt ménages dont le nom a les mêmes consonnes, à Lens, puis celui qu'on cherche.
async fn un_nom_rare_se_trouve_parmi_beaucoup_qui_ont_ses_consonnes(a: Arc<Appareil>) {
    const AUTRES: usize = 220;
    let mut lignes = beaucoup(AUTRES + 1);
    for ligne in &mut lignes[..AUTRES] {
        *ligne = ligne.clone().avec("locataire_nom", "Lopon");
    }
    lignes[AUTRES] = lignes[AUTRES].clone().avec("locataire_nom", "Lepain");
    let reponses = a.recoit("lepain.csv", &lignes).await;
    let lepain = reponses[AUTRES].dossier.clone().unwrap();
    for (saisi, raison) in [
        ("lepain", Pourquoi::Nom),
        ("lepin", Pourquoi::NomProche),
        ("leppain", Pourquoi::NomProche),
        ("lerain", Pourquoi::NomApprochant),
    ] {
        let trouves = trouves(&a, &central(), saisi).await;
        assert_eq!(trouves, [(lepain.clone(), raison)], "{saisi}");
    }
}

async fn une_identite_effacee_ne_se_retrouve_plus(a: Arc<Appareil>) {
    let dossiers = quelques_menages(&a).await;
    let coffre: Vec<i64> = (1..=20).collect();
    let quand = crate::appareil::maintenant();
    a.maison.stockage.effacer_identites(&coffre, quand).await.unwrap();
    reconstruire(&a.maison, None).await.unwrap();
    for saisi in ["lefevre", "lemoine", "0612345678", "launay"] {
        assert!(trouves(&a, &central(), saisi).await.is_empty(), "{saisi}");
    }
    let connus =
        "SELECT terme FROM vue_mot UNION SELECT terme FROM vue_terme WHERE terme NOT LIKE 'r%'";
    let mots = a.brut().await.textes(connus).await;
    assert!(mots.is_empty(), "aucun mot d'elle ne reste parmi ceux que la base connaît : {mots:?}");
    // Sa référence n'est pas son identité : l'histoire reste ouverte.
    assert_eq!(trouves(&a, &central(), &dossiers[0]).await.len(), 1);
}

sur_les_deux_moteurs!(
    un_menage_se_retrouve_par_tout_ce_qu_on_en_sait,
    une_recherche_ne_montre_rien_hors_du_perimetre,
    un_dossier_clos_ou_restreint_se_cherche_encore_dans_sa_sous_commission,
    un_nom_rare_se_trouve_parmi_beaucoup_qui_ont_ses_consonnes,
    une_identite_effacee_ne_se_retrouve_plus,
);
