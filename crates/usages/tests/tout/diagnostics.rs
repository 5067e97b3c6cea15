//! Le diagnostic et les imprimés : étant donné un dossier, quand une personne écrit, alors on relit.

use std::collections::BTreeMap;
use std::sync::Arc;

use ccapex::diagnostic::{Genre, RUBRIQUES};
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use jiff::civil::date;
use serde_json::{Value, json};
use usages::actes::consigner::consigner;
use usages::actes::demande::{Demande, Statut};
use usages::diagnostics::feuille::feuille_de_route;
use usages::diagnostics::lire::{DiagnosticLu, lire};
use usages::diagnostics::mandats::mandats;
use usages::diagnostics::pdf::{pdf, pdf_envoye};
use usages::diagnostics::{Ecrite, Rubrique, ecrire};
use usages::echec::Nature;
use usages::imprimes::{PreparationAide, PreparationCfp, chronologie, decision_aide, decision_cfp};

use crate::appareil::{AUJOURD_HUI, Appareil, central, maintenant};
use crate::notices::cdp;

fn rubrique(code: &str, champs: &[(&str, &str)], ouverte: Option<&str>) -> Rubrique {
    let champs = champs.iter().map(|(c, v)| ((*c).to_owned(), (*v).to_owned())).collect();
    Rubrique { code: code.to_owned(), champs, ouverte: ouverte.map(str::to_owned) }
}

async fn envoie(a: &Appareil, dossier: &str, rubrique: &Rubrique) -> Ecrite {
    ecrire(&a.maison, &central(), dossier, rubrique, AUJOURD_HUI, maintenant()).await.unwrap()
}

/// Garde une rubrique, et rend son écriture.
async fn garde(a: &Appareil, dossier: &str, rubrique: &Rubrique) -> String {
    match envoie(a, dossier, rubrique).await {
        Ecrite::Gardee { ecriture, .. } => ecriture,
        autre @ (Ecrite::EnConflit { .. } | Ecrite::Refusee(_)) => panic!("{autre:?}"),
    }
}

async fn lis(a: &Appareil, dossier: &str) -> DiagnosticLu {
    lire(&a.maison, &central(), dossier, AUJOURD_HUI, maintenant()).await.unwrap()
}

async fn valeur(a: &Appareil, dossier: &str, cle: (&str, &str)) -> (String, bool) {
    let lu = lis(a, dossier).await;
    let rubrique = lu.rubriques.iter().find(|r| r.rubrique.code == cle.0).unwrap();
    let champ = rubrique.champs.iter().find(|c| c.champ.code == cle.1).unwrap();
    (champ.valeur.clone(), champ.propose)
}

async fn consigne(a: &Appareil, dossier: &str, acte: &str, date: &str, champs: Value) {
    let Value::Object(champs) = champs else { panic!("un objet") };
    let demande = Demande {
        dossier: Some(dossier.to_owned()),
        menage: None,
        acte: acte.to_owned(),
        date: Some(date.to_owned()),
        champs,
    };
    let reponse = consigner(&a.maison, &central(), &demande, AUJOURD_HUI, maintenant()).await;
    let reponse = reponse.unwrap();
    assert_eq!(reponse.statut, Statut::Consigne, "{}", reponse.en_mots());
}

async fn une_rubrique_s_ecrit_au_fil_de_l_eau(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let (nom, propose) = valeur(&a, &dossier, ("identite", "nom")).await;
    assert!(!nom.is_empty() && propose, "le dossier propose le nom qu'il connaît");

    let dette = [("montant", "1 300,50"), ("causes", "Perte d’emploi")];
    let une = garde(&a, &dossier, &rubrique("dette", &dette, None)).await;
    let encore = garde(&a, &dossier, &rubrique("dette", &dette, Some(&une))).await;
    assert_eq!(encore, une, "la même rubrique ne s'écrit pas deux fois");
    assert_eq!(valeur(&a, &dossier, ("dette", "montant")).await, ("130050".to_owned(), false));

    let deux = garde(&a, &dossier, &rubrique("dette", &[("montant", "900")], Some(&une))).await;
    assert_eq!(valeur(&a, &dossier, ("dette", "montant")).await.0, "90000");
    assert_eq!(valeur(&a, &dossier, ("dette", "causes")).await.0, "", "la rubrique est remplacée");

    // Une rubrique vidée le reste.
    garde(&a, &dossier, &rubrique("dette", &[], Some(&deux))).await;
    assert_eq!(valeur(&a, &dossier, ("dette", "montant")).await, (String::new(), false));
    for (code, champ) in [("dette", "montant"), ("dette", "horoscope"), ("astrologie", "signe")] {
        let refus = envoie(&a, &dossier, &rubrique(code, &[(champ, "x")], None)).await;
        let Ecrite::Refusee(refus) = refus else { panic!("{refus:?}") };
        assert!(!refus.is_empty(), "{code}.{champ}");
    }
}

async fn deux_onglets_ne_perdent_rien(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let dette =
        |montant: &'static str, causes: &'static str| [("montant", montant), ("causes", causes)];
    let une = garde(&a, &dossier, &rubrique("dette", &dette("100", "Maladie"), None)).await;

    // Les deux partent de la même écriture ; chacun change son champ.
    let deux = rubrique("dette", &dette("200", "Maladie"), Some(&une));
    garde(&a, &dossier, &deux).await;
    let autre = rubrique("dette", &dette("100", "Séparation"), Some(&une));
    let Ecrite::Gardee { ecriture: trois, saisie } = envoie(&a, &dossier, &autre).await else {
        panic!("rien ne se heurte")
    };
    assert_eq!(saisie["dette.montant"], "20000", "ce que l'autre a écrit est resté");
    assert_eq!(saisie["dette.causes"], "Séparation");

    // Puis le même champ : rien n'est gardé, les deux textes sont dits.
    garde(&a, &dossier, &rubrique("dette", &dette("200", "Chômage"), Some(&trois))).await;
    let mienne = rubrique("dette", &dette("250", "Séparation en mai"), Some(&trois));
    let Ecrite::EnConflit { ecriture, saisie, conflits } = envoie(&a, &dossier, &mienne).await
    else {
        panic!("deux textes pour un champ")
    };
    assert_eq!(conflits.len(), 1);
    assert_eq!((conflits[0].champ.code, conflits[0].autre.as_str()), ("causes", "Chômage"));
    assert_eq!(saisie["dette.causes"], "Séparation en mai");
    assert_eq!(valeur(&a, &dossier, ("dette", "causes")).await.0, "Chômage");

    // La personne choisit, en partant de l'écriture de l'autre.
    let choisie = rubrique("dette", &dette("250", "Chômage, séparation"), Some(&ecriture));
    garde(&a, &dossier, &choisie).await;
    assert_eq!(valeur(&a, &dossier, ("dette", "causes")).await.0, "Chômage, séparation");
    assert_eq!(valeur(&a, &dossier, ("dette", "montant")).await.0, "25000");
}

async fn le_mandat_nomme_qui_redige_et_l_envoi_garde_son_pdf(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let mandat = json!({"organisme": "caf", "travailleur": "Jeanne Delattre"});
    consigne(&a, &dossier, "dsf_demande", "2026-11-03", mandat).await;
    let nom = valeur(&a, &dossier, ("redacteur", "nom")).await;
    assert_eq!(nom, ("Jeanne Delattre".to_owned(), true));
    let (agent, le) = (central(), maintenant());
    let avant = pdf_envoye(&a.maison, &agent, &dossier, AUJOURD_HUI, le).await;
    assert!(avant.unwrap_err().to_string().contains("pas encore envoyé"));

    let une = garde(&a, &dossier, &rubrique("dette", &[("montant", "900")], None)).await;
    let envoi = json!({"mode": "electronique", "destinataires": "Le juge, La commission"});
    consigne(&a, &dossier, "dsf_transmis", "2026-11-20", envoi).await;
    let transmis = lis(&a, &dossier).await.transmis.unwrap();
    assert_eq!((transmis.le, transmis.depasse), (date(2026, 11, 20), false));
    let parti = pdf_envoye(&a.maison, &agent, &dossier, AUJOURD_HUI, le).await.unwrap();
    assert_eq!(parti.nom, format!("{dossier}-diagnostic-envoye.pdf"));

    // Une rubrique reprise ensuite se dit, et ne change pas ce qui est parti.
    garde(&a, &dossier, &rubrique("dette", &[("montant", "950")], Some(&une))).await;
    assert!(lis(&a, &dossier).await.transmis.unwrap().depasse);
    let encore = pdf_envoye(&a.maison, &agent, &dossier, AUJOURD_HUI, le).await.unwrap();
    assert!(encore.octets == parti.octets, "le PDF envoyé a changé");
    let courant = pdf(&a.maison, &agent, &dossier, AUJOURD_HUI, le).await.unwrap();
    assert!(courant.octets != parti.octets);
}

fn ccas(id: i64, commune: &str) -> Agent {
    Agent {
        id: AgentId(id),
        role: Role::Ccas,
        organisme: format!("CCAS {commune}"),
        communes: vec![commune.to_owned()],
        ..central()
    }
}

async fn un_organisme_mandate_trouve_et_ouvre_ses_diagnostics_et_eux_seuls(a: Arc<Appareil>) {
    let confie = a.recoit_une(cdp("M-1")).await.dossier.unwrap();
    let alerte = a.recoit_une(cdp("M-2").du_menage(2)).await.dossier.unwrap();
    let ailleurs = a.recoit_une(cdp("M-3").du_menage(3)).await.dossier.unwrap();
    let porte =
        json!({"code": "porte_close", "destinataires": ["ccas"], "contenu": "Trois visites."});
    consigne(&a, &alerte, "alerte", "2026-11-18", porte).await;
    consigne(&a, &confie, "dsf_demande", "2026-11-18", json!({"organisme": "ccas"})).await;
    consigne(&a, &ailleurs, "dsf_demande", "2026-11-18", json!({"organisme": "caf"})).await;
    let lens = ccas(41, "62498");
    let trouves = async |qui: &Agent| -> Vec<String> {
        let mandats = mandats(&a.maison, qui, 50).await.unwrap();
        mandats.into_iter().map(|d| d.reference).collect()
    };
    let ouvre = async |qui: &Agent, dossier: &str| {
        let lu = lire(&a.maison, qui, dossier, AUJOURD_HUI, maintenant()).await;
        lu.map(|lu| lu.peut_ecrire).map_err(|e| e.nature())
    };
    assert_eq!(trouves(&lens).await, std::slice::from_ref(&confie));
    assert_eq!(ouvre(&lens, &confie).await, Ok(true));
    // Alerté, il a sa part du dossier ; le diagnostic n'en est pas.
    assert_eq!(ouvre(&lens, &alerte).await, Err(Nature::Introuvable));
    assert_eq!(ouvre(&lens, &ailleurs).await, Err(Nature::Introuvable));
    let arras = ccas(42, "62041");
    assert!(trouves(&arras).await.is_empty());
    assert_eq!(ouvre(&arras, &confie).await, Err(Nature::Introuvable));
    assert!(trouves(&central()).await.is_empty(), "un secrétariat a ses propres listes");
    let dette = rubrique("dette", &[("montant", "900")], None);
    let ecrite = ecrire(&a.maison, &lens, &confie, &dette, AUJOURD_HUI, maintenant()).await;
    assert!(matches!(ecrite, Ok(Ecrite::Gardee { .. })), "{ecrite:?}");
    let envoi = json!({"mode": "electronique", "destinataires": "Le juge"});
    consigne(&a, &confie, "dsf_transmis", "2026-11-20", envoi).await;
    assert!(trouves(&lens).await.is_empty(), "transmis, le mandat est fini");
    assert_eq!(ouvre(&lens, &confie).await, Err(Nature::Introuvable));
}

async fn un_diagnostic_entier_s_imprime_sans_rien_manquer(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let lu = lis(&a, &dossier).await;
    assert!(!lu.manques.is_empty(), "rien n'est encore enregistré");
    for modele in RUBRIQUES {
        let champs: BTreeMap<String, String> = modele
            .champs
            .iter()
            .map(|champ| {
                let valeur = match champ.genre {
                    Genre::Ligne | Genre::Texte => "Texte".to_owned(),
                    Genre::Montant => "450,50".to_owned(),
                    Genre::Jour => "12/05/2026".to_owned(),
                    Genre::Nombre { .. } => "2".to_owned(),
                    Genre::OuiNon => "oui".to_owned(),
                    Genre::Choix(choix) => choix[0].0.to_owned(),
                };
                (champ.code.to_owned(), valeur)
            })
            .collect();
        let entiere = Rubrique { code: modele.code.to_owned(), champs, ouverte: None };
        garde(&a, &dossier, &entiere).await;
    }
    let lu = lis(&a, &dossier).await;
    assert_eq!(lu.manques, Vec::<String>::new());
    let fichier = pdf(&a.maison, &central(), &dossier, AUJOURD_HUI, maintenant()).await.unwrap();
    assert!(fichier.octets.starts_with(b"%PDF"));
    assert_eq!(fichier.nom, format!("{dossier}-diagnostic.pdf"));
}

async fn un_imprime_se_prepare_et_une_decision_se_motive(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let (agent, le) = (central(), maintenant());
    let frise = chronologie(&a.maison, &agent, &dossier, AUJOURD_HUI, le).await.unwrap();
    assert!(frise.octets.starts_with(b"%PDF"));

    let mut cfp = PreparationCfp { accord: false, a_compter_du: None, motivation: " ".to_owned() };
    let refus = decision_cfp(&a.maison, &agent, &dossier, &cfp, AUJOURD_HUI, le).await;
    assert!(refus.unwrap_err().to_string().contains("Il manque la motivation"));
    "Un relogement est proche.".clone_into(&mut cfp.motivation);
    decision_cfp(&a.maison, &agent, &dossier, &cfp, AUJOURD_HUI, le).await.unwrap();

    let mut aide = PreparationAide {
        suspension: true,
        decidee_le: date(2026, 12, 31),
        notifiee_le: None,
        organisme: "Caf".to_owned(),
        motivation: "Sans réponse.".to_owned(),
    };
    let refus = decision_aide(&a.maison, &agent, &dossier, &aide, AUJOURD_HUI, le).await;
    assert!(refus.unwrap_err().to_string().contains("1er janvier 2027"));
    aide.decidee_le = date(2027, 1, 4);
    decision_aide(&a.maison, &agent, &dossier, &aide, AUJOURD_HUI, le).await.unwrap();
}

async fn une_feuille_de_route_veut_des_dossiers(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let (agent, le, jour) = (central(), maintenant(), date(2026, 12, 1));
    let vide = feuille_de_route(&a.maison, &agent, &[], jour, AUJOURD_HUI, le).await;
    assert!(vide.unwrap_err().to_string().contains("Aucun dossier n'est choisi"));
    let feuille = feuille_de_route(&a.maison, &agent, &[dossier], jour, AUJOURD_HUI, le).await;
    assert!(feuille.unwrap().octets.starts_with(b"%PDF"));
}

sur_les_deux_moteurs!(
    une_rubrique_s_ecrit_au_fil_de_l_eau,
    deux_onglets_ne_perdent_rien,
    le_mandat_nomme_qui_redige_et_l_envoi_garde_son_pdf,
    un_organisme_mandate_trouve_et_ouvre_ses_diagnostics_et_eux_seuls,
    un_diagnostic_entier_s_imprime_sans_rien_manquer,
    un_imprime_se_prepare_et_une_decision_se_motive,
    une_feuille_de_route_veut_des_dossiers,
);
