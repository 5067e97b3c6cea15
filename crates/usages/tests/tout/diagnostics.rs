//! Le diagnostic et les imprimés : étant donné un dossier, quand une personne écrit, alors on relit.

use std::collections::BTreeMap;
use std::sync::Arc;

use ccapex::diagnostic::{Genre, RUBRIQUES};
use jiff::civil::date;
use usages::actes::demande::Statut;
use usages::diagnostics::feuille::feuille_de_route;
use usages::diagnostics::lire::lire;
use usages::diagnostics::pdf::pdf;
use usages::diagnostics::{Rubrique, ecrire};
use usages::imprimes::{PreparationAide, PreparationCfp, chronologie, decision_aide, decision_cfp};

use crate::appareil::{AUJOURD_HUI, Appareil, central, maintenant};
use crate::notices::cdp;

fn rubrique(code: &str, champs: &[(&str, &str)]) -> Rubrique {
    let champs = champs.iter().map(|(c, v)| ((*c).to_owned(), (*v).to_owned())).collect();
    Rubrique { code: code.to_owned(), champs }
}

async fn ecrit(a: &Appareil, dossier: &str, rubrique: &Rubrique) -> Statut {
    ecrire(&a.maison, &central(), dossier, rubrique, AUJOURD_HUI, maintenant())
        .await
        .unwrap()
        .statut
}

async fn valeur(a: &Appareil, dossier: &str, cle: (&str, &str)) -> (String, bool) {
    let lu = lire(&a.maison, &central(), dossier, AUJOURD_HUI, maintenant()).await.unwrap();
    let rubrique = lu.rubriques.iter().find(|r| r.rubrique.code == cle.0).unwrap();
    let champ = rubrique.champs.iter().find(|c| c.champ.code == cle.1).unwrap();
    (champ.valeur.clone(), champ.propose)
}

async fn une_rubrique_s_ecrit_au_fil_de_l_eau(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let (nom, propose) = valeur(&a, &dossier, ("identite", "nom")).await;
    assert!(!nom.is_empty() && propose, "le dossier propose le nom qu'il connaît");

    let premiere = rubrique("dette", &[("montant", "1 300,50"), ("causes", "Perte d’emploi")]);
    assert_eq!(ecrit(&a, &dossier, &premiere).await, Statut::Consigne);
    assert_eq!(ecrit(&a, &dossier, &premiere).await, Statut::Doublon);
    assert_eq!(valeur(&a, &dossier, ("dette", "montant")).await, ("130050".to_owned(), false));

    assert_eq!(
        ecrit(&a, &dossier, &rubrique("dette", &[("montant", "900")])).await,
        Statut::Consigne
    );
    assert_eq!(valeur(&a, &dossier, ("dette", "montant")).await.0, "90000");
    assert_eq!(valeur(&a, &dossier, ("dette", "causes")).await.0, "", "la rubrique est remplacée");

    // Une rubrique vidée le reste.
    assert_eq!(ecrit(&a, &dossier, &rubrique("dette", &[])).await, Statut::Consigne);
    assert_eq!(valeur(&a, &dossier, ("dette", "montant")).await, (String::new(), false));
    assert_eq!(ecrit(&a, &dossier, &rubrique("dette", &[("montant", "x")])).await, Statut::Refuse);
}

async fn un_diagnostic_entier_s_imprime_sans_rien_manquer(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let lu = lire(&a.maison, &central(), &dossier, AUJOURD_HUI, maintenant()).await.unwrap();
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
        let entiere = Rubrique { code: modele.code.to_owned(), champs };
        assert_eq!(ecrit(&a, &dossier, &entiere).await, Statut::Consigne, "{}", modele.code);
    }
    let lu = lire(&a.maison, &central(), &dossier, AUJOURD_HUI, maintenant()).await.unwrap();
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
    un_diagnostic_entier_s_imprime_sans_rien_manquer,
    un_imprime_se_prepare_et_une_decision_se_motive,
    une_feuille_de_route_veut_des_dossiers,
);
