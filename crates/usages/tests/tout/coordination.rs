//! Agir à plusieurs : prendre un ménage en charge, s'alerter, décider d'un cas, essayer une répartition.

use std::sync::Arc;

use ccapex::coordination::simulation::AvantApres;
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::habilitation::Portee;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use stockage::liste::Compte;
use stockage::liste::ordre::Tri;
use usages::accueil::accueil;
use usages::actes::consigner::consigner;
use usages::actes::demande::{Demande, Reponse, Statut};
use usages::coordination::alertes::{self, AttenteDeDossier, Quelles};
use usages::coordination::simulation::{Empeche, essayer, table_en_vigueur};
use usages::coordination::{cellule, prises_en_charge};
use usages::dossiers::lister::lister;
use usages::dossiers::ouvrir::ouvrir;
use usages::echeances::tout;
use usages::echec::Nature;
use usages::formes::Filtre;
use usages::veille::veiller;

use crate::appareil::{
    AUJOURD_HUI, Appareil, administrateur, caf, central, etude, lecteur, maintenant,
    sous_commission,
};
use crate::notices::{assignation, cdp};

fn departement() -> Agent {
    Agent {
        id: AgentId(7),
        role: Role::ServiceSocial,
        organisme: "Département du Pas-de-Calais".to_owned(),
        service: Some("departement".to_owned()),
        ..central()
    }
}

fn msa() -> Agent {
    Agent { id: AgentId(8), service: Some("msa".to_owned()), ..caf() }
}

async fn demande(a: &Appareil, agent: &Agent, dossier: &str, mut acte: Value) -> Reponse {
    acte["dossier"] = json!(dossier);
    let Value::Object(objet) = acte else { panic!("un objet") };
    let demande = Demande::de_objet(objet).unwrap_or_else(|r| panic!("{r:?}"));
    consigner(&a.maison, agent, &demande, AUJOURD_HUI, maintenant()).await.unwrap()
}

async fn consigne(a: &Appareil, agent: &Agent, dossier: &str, acte: Value) {
    let reponse = demande(a, agent, dossier, acte.clone()).await;
    assert_eq!(reponse.statut, Statut::Consigne, "{acte} : {}", reponse.en_mots());
}

/// Ce qu'on répond à qui n'a pas le droit d'écrire cela.
async fn refuse(a: &Appareil, agent: &Agent, dossier: &str, acte: Value) -> String {
    let reponse = demande(a, agent, dossier, acte.clone()).await;
    assert_eq!(reponse.statut, Statut::Refuse, "{acte}");
    reponse.refus[0].message.clone()
}

fn repond(service: &str, issue: &str, motif: &str) -> Value {
    let mut acte = json!({
        "acte": "prise_en_charge", "date": "2026-11-21", "service": service, "issue": issue
    });
    if !motif.is_empty() {
        acte["motif"] = json!(motif);
    }
    acte
}

fn alerte(code: &str, a_qui: &[&str], contenu: &str) -> Value {
    json!({
        "acte": "alerte", "date": "2026-11-20", "code": code, "destinataires": a_qui,
        "contenu": contenu
    })
}

fn reponse(code: &str, de: &[&str], contenu: &str) -> Value {
    json!({
        "acte": "alerte_reponse", "date": "2026-11-21", "code": code, "destinataires": de,
        "contenu": contenu
    })
}

async fn a_prendre(a: &Appareil, agent: &Agent, jour: Date) -> Vec<(String, Date, bool)> {
    let (menages, _) = prises_en_charge::file(&a.maison, agent, None, jour).await.unwrap();
    menages.into_iter().map(|m| (m.dossier.reference, m.avant_le, m.repris)).collect()
}

async fn a_reattribuer(a: &Appareil, agent: &Agent, jour: Date) -> Vec<String> {
    let (menages, _) = cellule::a_reattribuer(&a.maison, agent, None, jour).await.unwrap();
    menages.into_iter().map(|m| m.dossier.reference).collect()
}

async fn attendues(
    a: &Appareil,
    agent: &Agent,
    quelles: Quelles,
    jour: Date,
) -> Vec<AttenteDeDossier> {
    let file = alertes::file(&a.maison, agent, quelles, None, jour).await.unwrap();
    if quelles == Quelles::PourMoi {
        let dossiers = i64::try_from(file.liste.page.lignes.len()).unwrap();
        let compte = alertes::pour_moi(&a.maison, agent).await.unwrap();
        assert_eq!(compte, Compte::Exact(dossiers), "le compte est celui de la liste");
    }
    file.attentes
}

async fn qui_attend(a: &Appareil, agent: &Agent, quelles: Quelles, jour: Date) -> Vec<String> {
    let attentes = attendues(a, agent, quelles, jour).await;
    attentes.into_iter().map(|x| x.attente.destinataire).collect()
}

/// Les dossiers d'une liste de suivi, et leur compte à l'accueil : le même nombre.
async fn en_liste(a: &Appareil, agent: &Agent, code: &str) -> Vec<String> {
    let filtre = Filtre { liste: Some(code.to_owned()), ..tout(Tri::Echeance) };
    let liste = lister(&a.maison, agent, &filtre, AUJOURD_HUI).await.unwrap();
    let compte = accueil(&a.maison, agent, AUJOURD_HUI).await.unwrap().listes;
    let lignes: Vec<String> = liste.page.lignes.into_iter().map(|v| v.reference).collect();
    let n = i64::try_from(lignes.len()).unwrap();
    assert_eq!(compte.get(code).copied().unwrap_or_default(), n, "{code} compte ses lignes");
    lignes
}

async fn veille(a: &Appareil, jour: Date) {
    veiller(&a.maison, "62", jour).await.unwrap();
}

async fn un_service_accepte_et_le_menage_quitte_sa_file(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("C-1")).await.dossier.unwrap();
    let attendu = vec![(dossier.clone(), date(2026, 12, 6), false)];
    assert_eq!(a_prendre(&a, &caf(), AUJOURD_HUI).await, attendu);
    assert_eq!(a_prendre(&a, &central(), AUJOURD_HUI).await, attendu);
    assert!(a_prendre(&a, &departement(), AUJOURD_HUI).await.is_empty());
    assert_eq!(en_liste(&a, &caf(), "a_prendre_en_charge").await, std::slice::from_ref(&dossier));

    consigne(&a, &caf(), &dossier, repond("caf", "acceptee", "")).await;
    assert!(a_prendre(&a, &caf(), AUJOURD_HUI).await.is_empty());
    assert!(en_liste(&a, &caf(), "a_prendre_en_charge").await.is_empty());
    veille(&a, date(2027, 1, 15)).await;
    assert!(a_reattribuer(&a, &central(), date(2027, 1, 15)).await.is_empty());
}

async fn un_refus_motive_revient_a_la_cellule_qui_confie_a_un_autre(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("C-1")).await.dossier.unwrap();
    let sans_motif = refuse(&a, &caf(), &dossier, repond("caf", "refusee", "")).await;
    assert!(sans_motif.contains("motif"), "{sans_motif}");
    consigne(&a, &caf(), &dossier, repond("caf", "refusee", "Pas d'aide au logement.")).await;
    let parti = ouvrir(&a.maison, &caf(), &dossier, AUJOURD_HUI, maintenant()).await.unwrap_err();
    assert_eq!(parti.nature(), Nature::Introuvable, "qui refuse n'a plus le dossier");

    let (menages, _) =
        cellule::a_reattribuer(&a.maison, &central(), None, AUJOURD_HUI).await.unwrap();
    assert_eq!(menages[0].dossier.reference, dossier);
    assert_eq!(menages[0].services_qui_ont_refuse, ["caf"]);
    assert_eq!(
        en_liste(&a, &central(), "non_pris_en_charge").await,
        std::slice::from_ref(&dossier)
    );

    consigne(&a, &central(), &dossier, repond("departement", "proposee", "")).await;
    assert!(a_reattribuer(&a, &central(), AUJOURD_HUI).await.is_empty());
    let (menages, _) =
        prises_en_charge::file(&a.maison, &departement(), None, AUJOURD_HUI).await.unwrap();
    assert_eq!(menages[0].propose_le, Some(AUJOURD_HUI));
    consigne(&a, &departement(), &dossier, repond("departement", "acceptee", "")).await;
    assert!(a_prendre(&a, &departement(), AUJOURD_HUI).await.is_empty());
}

async fn sans_reponse_le_menage_revient_a_la_cellule(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("C-1")).await.dossier.unwrap();
    let dernier_jour = date(2026, 12, 6);
    veille(&a, dernier_jour).await;
    assert!(a_reattribuer(&a, &central(), dernier_jour).await.is_empty());
    let lendemain = date(2026, 12, 7);
    veille(&a, lendemain).await;
    assert_eq!(a_reattribuer(&a, &central(), lendemain).await, std::slice::from_ref(&dossier));
    let ouvert =
        ouvrir(&a.maison, &central(), &dossier, lendemain, maintenant()).await.unwrap().situation;
    let reprise = ouvert.etapes.iter().find(|e| e.regle == "prendre_en_charge").unwrap();
    assert_eq!(reprise.qui, "cellule_technique");
    assert_eq!(ouvert.service, "caf", "le service peut encore accepter");
    assert_eq!(
        a_prendre(&a, &caf(), lendemain).await,
        [(dossier.clone(), dernier_jour, true)],
        "sa file le lui dit encore"
    );
    consigne(&a, &caf(), &dossier, repond("caf", "acceptee", "")).await;
    assert!(a_reattribuer(&a, &central(), lendemain).await.is_empty());
}

async fn une_alerte_va_a_son_destinataire_qui_repond(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("C-1")).await.dossier.unwrap();
    let levee = alerte("changement_situation", &["service", "bailleur"], "Perte d'emploi.");
    consigne(&a, &central(), &dossier, levee).await;
    let siennes = attendues(&a, &caf(), Quelles::PourMoi, AUJOURD_HUI).await;
    assert_eq!(siennes.len(), 1, "le bailleur n'a pas de compte");
    assert_eq!(siennes[0].attente.destinataire, "caf");
    assert_eq!(siennes[0].attente.avant_le, date(2026, 12, 20));
    assert_eq!(
        qui_attend(&a, &central(), Quelles::PourMoi, AUJOURD_HUI).await,
        ["bailleur"],
        "le secrétariat sollicite qui n'a pas de compte"
    );
    let sa_reponse = reponse("changement_situation", &["caf"], "Rendez-vous pris.");
    consigne(&a, &caf(), &dossier, sa_reponse).await;
    assert!(attendues(&a, &caf(), Quelles::PourMoi, AUJOURD_HUI).await.is_empty());
    assert_eq!(qui_attend(&a, &central(), Quelles::EnAttente, AUJOURD_HUI).await, ["bailleur"]);
    let ouvert = ouvrir(&a.maison, &central(), &dossier, AUJOURD_HUI, maintenant()).await.unwrap();
    let dits: Vec<_> = ouvert.textes.values().filter_map(|t| t.get("contenu")).collect();
    assert_eq!(dits.len(), 2, "{dits:?}");
    assert!(dits.iter().any(|d| *d == "Rendez-vous pris."));
}

async fn un_service_alerte_repond_sans_voir_le_dossier_d_un_autre(a: Arc<Appareil>) {
    a.recoit_une(cdp("C-1")).await;
    let dossier = a.recoit_une(assignation("A-1")).await.dossier.unwrap();
    let sans_alerte = ouvrir(&a.maison, &caf(), &dossier, AUJOURD_HUI, maintenant()).await;
    assert_eq!(sans_alerte.unwrap_err().nature(), Nature::Introuvable);
    let levee = alerte("suspension_aide", &["caf"], "Les droits sont-ils encore ouverts ?");
    consigne(&a, &departement(), &dossier, levee).await;

    assert_eq!(qui_attend(&a, &caf(), Quelles::PourMoi, AUJOURD_HUI).await, ["caf"]);
    for autre in [msa(), departement(), lecteur(), administrateur(), etude("SELARL Lecocq")] {
        let vues = attendues(&a, &autre, Quelles::PourMoi, AUJOURD_HUI).await;
        assert!(vues.is_empty(), "{}", autre.organisme);
    }
    assert!(en_liste(&a, &caf(), "alerte_en_attente").await.is_empty());

    let recues = ouvrir(&a.maison, &caf(), &dossier, AUJOURD_HUI, maintenant()).await.unwrap();
    assert_eq!(recues.portee, Portee::SaPart, "l'alerte n'ouvre pas le dossier");
    assert_eq!(recues.vue.service, "departement");
    assert_eq!(recues.attentes.len(), 1);
    let contenus: Vec<_> = recues.textes.values().filter_map(|t| t.get("contenu")).collect();
    assert_eq!(contenus, ["Les droits sont-ils encore ouverts ?"]);
    let acces = "SELECT CAST(agent AS TEXT) || ' ' || geste FROM acces ORDER BY id";
    assert_eq!(a.brut().await.textes(acces).await.last().unwrap(), "3 ouvrir");

    let pour_un_autre = reponse("suspension_aide", &["departement"], "Oui.");
    let refus = refuse(&a, &caf(), &dossier, pour_un_autre).await;
    assert!(refus.contains("Gardez votre service seul"), "{refus}");
    let sans_nom = reponse("suspension_aide", &[], "Oui.");
    let refus = refuse(&a, &caf(), &dossier, sans_nom).await;
    assert!(refus.contains("vaudrait pour tous"), "{refus}");
    let complement = json!({ "acte": "complement", "date_bail": "2019-03-01" });
    let refus = refuse(&a, &caf(), &dossier, complement).await;
    assert!(refus.contains("ne permet pas"), "{refus}");
    consigne(&a, &caf(), &dossier, reponse("suspension_aide", &["caf"], "Oui, ouverts.")).await;
    assert!(attendues(&a, &caf(), Quelles::PourMoi, AUJOURD_HUI).await.is_empty());
}

async fn une_alerte_muette_revient_au_relais(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("C-1")).await.dossier.unwrap();
    consigne(&a, &central(), &dossier, alerte("risque_de_rupture", &[], "Deux échéances.")).await;
    let dernier_jour = date(2026, 11, 28);
    veille(&a, dernier_jour).await;
    assert_eq!(qui_attend(&a, &caf(), Quelles::PourMoi, dernier_jour).await, ["caf"]);
    assert!(attendues(&a, &central(), Quelles::PourMoi, dernier_jour).await.is_empty());
    let lendemain = date(2026, 11, 29);
    veille(&a, lendemain).await;
    assert!(attendues(&a, &caf(), Quelles::PourMoi, lendemain).await.is_empty());
    for secretariat in [central(), sous_commission("lens")] {
        let revenue = attendues(&a, &secretariat, Quelles::PourMoi, lendemain).await;
        assert_eq!(revenue.len(), 1);
        assert_eq!((revenue[0].a_qui.as_str(), revenue[0].en_retard), ("secretariat", true));
    }
    assert!(
        attendues(&a, &sous_commission("arras"), Quelles::Tardives, lendemain).await.is_empty()
    );
    assert_eq!(en_liste(&a, &central(), "alerte_sans_reponse").await, [dossier]);
}

/// Lens et Arras à la Caf, Lens au Département ; chacun a une alerte et une petite dette.
async fn chaque_liste_ne_montre_que_le_perimetre(a: Arc<Appareil>) {
    let lignes = [
        cdp("R-1"),
        cdp("R-2").du_menage(1).a_arras(),
        cdp("R-3").du_menage(2).avec("aide_logement", "non"),
    ];
    let reponses = a.recoit("trois.csv", &lignes).await;
    let [lens, arras, confie] = [0, 1, 2].map(|n: usize| reponses[n].dossier.clone().unwrap());
    for dossier in [&lens, &arras, &confie] {
        consigne(&a, &central(), dossier, alerte("deni", &[], "Ne répond plus.")).await;
        let dette = json!({ "acte": "dette", "date": "2026-11-20", "montant": 120_000 });
        consigne(&a, &central(), dossier, dette).await;
    }
    veille(&a, date(2026, 12, 31)).await;
    #[rustfmt::skip]
    let cas: [(&str, Agent, Vec<&String>); 6] = [
        ("secrétariat central", central(),                vec![&lens, &arras, &confie]),
        ("secrétariat de Lens", sous_commission("lens"),  vec![&lens, &confie]),
        ("Caf",                 caf(),                    vec![&lens, &arras]),
        ("Département",         departement(),            vec![&confie]),
        ("MSA",                 msa(),                    vec![]),
        ("administration",      administrateur(),         vec![]),
    ];
    for (qui, agent, attendus) in cas {
        for liste in [
            "a_prendre_en_charge",
            "non_pris_en_charge",
            "alerte_en_attente",
            "alerte_sans_reponse",
            "petite_dette",
        ] {
            let mut vus = if agent.role == Role::Administrateur {
                let filtre = Filtre { liste: Some(liste.to_owned()), ..tout(Tri::Echeance) };
                let liste = lister(&a.maison, &agent, &filtre, AUJOURD_HUI).await.unwrap();
                liste.page.lignes.into_iter().map(|v| v.reference).collect()
            } else {
                en_liste(&a, &agent, liste).await
            };
            vus.sort_unstable();
            let attendus: Vec<String> = attendus.iter().map(|d| (*d).clone()).collect();
            assert_eq!(vus, attendus, "{qui}, {liste}");
        }
    }
}

async fn un_cas_complexe_se_propose_et_une_personne_decide(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("C-1")).await.dossier.unwrap();
    for jour in ["2026-11-12", "2026-11-16"] {
        let visite = json!({
            "acte": "contact", "date": jour, "mode": "visite", "issue": "sans_reponse"
        });
        consigne(&a, &caf(), &dossier, visite).await;
    }
    let proposes = || async {
        cellule::cas_proposes(&a.maison, &central(), None, AUJOURD_HUI).await.unwrap().0
    };
    let cas = proposes().await;
    assert_eq!(cas[0].dossier.reference, dossier);
    let proposition = &cas[0].propositions[0];
    assert_eq!(proposition.critere, "jamais_de_reponse");
    assert_eq!(proposition.pourquoi.len(), 2, "{:?}", proposition.pourquoi);
    assert_eq!(en_liste(&a, &central(), "complexe_propose").await, std::slice::from_ref(&dossier));

    let decision = json!({
        "acte": "cas_complexe", "date": "2026-11-21", "issue": "retenu",
        "criteres": ["jamais_de_reponse"], "motif": "Aucun contact en deux visites."
    });
    let refus = refuse(&a, &caf(), &dossier, decision.clone()).await;
    assert!(refus.contains("Demandez à une personne du secrétariat"), "{refus}");
    consigne(&a, &sous_commission("lens"), &dossier, decision).await;
    assert!(proposes().await.is_empty());
    assert_eq!(en_liste(&a, &central(), "complexe_retenu").await, [dossier]);
    assert_eq!(
        qui_attend(&a, &caf(), Quelles::PourMoi, AUJOURD_HUI).await,
        ["caf"],
        "un cas retenu alerte ceux qui doivent agir ensemble"
    );
}

async fn un_service_ne_repond_que_pour_lui(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("C-1")).await.dossier.unwrap();
    let refus = refuse(&a, &caf(), &dossier, repond("departement", "acceptee", "")).await;
    assert!(refus.contains("Laissez ce service répondre"), "{refus}");
    consigne(&a, &central(), &dossier, repond("caf", "acceptee", "")).await;
}

async fn essayer_une_repartition_dit_qui_changerait_et_n_ecrit_rien(a: Arc<Appareil>) {
    let lignes = [
        cdp("R-1"),
        cdp("R-2").du_menage(1).a_arras(),
        cdp("R-3").du_menage(2).avec("aide_logement", "non"),
        cdp("R-4").du_menage(3).avec("nombre_enfants", "0"),
    ];
    let reponses = a.recoit("quatre.csv", &lignes).await;
    let avant = a.maison.stockage.empreinte_des_vues().await.unwrap();
    let table = table_en_vigueur(&a.maison.profil("62").unwrap(), AUJOURD_HUI);
    let meme = essayer(&a.maison, &central(), &table, AUJOURD_HUI).await.unwrap();
    assert_eq!((meme.simulation.dossiers, meme.simulation.transitions.len()), (4, 0));

    let candidate = "[[repartition]]\ndu = 2027-01-01\na_valider = true\nsource = \"essai\"\n\
        [[repartition.regle]]\nenfants = true\nservice = \"caf\"\nmotif = \"famille\"\n\
        [[repartition.regle]]\nservice = \"departement\"\nmotif = \"autre ménage\"\n";
    let essai = essayer(&a.maison, &central(), candidate, AUJOURD_HUI).await.unwrap();
    assert_eq!(essai.simulation.par_service["caf"], AvantApres { avant: 2, apres: 3 });
    assert_eq!(essai.simulation.par_service["departement"], AvantApres { avant: 2, apres: 1 });
    let transition = &essai.simulation.transitions[0];
    assert_eq!((transition.de.as_str(), transition.vers.as_str()), ("departement", "caf"));
    let nommes: Vec<&String> = transition.dossiers.iter().map(|id| &essai.references[id]).collect();
    assert_eq!(nommes, [reponses[2].dossier.as_ref().unwrap()]);

    let d_arras = essayer(&a.maison, &sous_commission("arras"), candidate, AUJOURD_HUI).await;
    assert_eq!(d_arras.unwrap().simulation.dossiers, 1, "chacun simule sur son territoire");
    let dans_deux_ans = date(2028, 11, 21);
    let vide = essayer(&a.maison, &central(), candidate, dans_deux_ans).await.unwrap();
    assert_eq!(vide.simulation.dossiers, 0, "l'année passée seulement");
    match essayer(&a.maison, &central(), "chats = 3", AUJOURD_HUI).await {
        Err(Empeche::Table(defauts)) => assert!(!defauts.is_empty()),
        autre => panic!("{autre:?}"),
    }
    assert_eq!(a.maison.stockage.empreinte_des_vues().await.unwrap(), avant);
}

sur_les_deux_moteurs!(
    un_service_accepte_et_le_menage_quitte_sa_file,
    un_refus_motive_revient_a_la_cellule_qui_confie_a_un_autre,
    sans_reponse_le_menage_revient_a_la_cellule,
    une_alerte_va_a_son_destinataire_qui_repond,
    un_service_alerte_repond_sans_voir_le_dossier_d_un_autre,
    une_alerte_muette_revient_au_relais,
    chaque_liste_ne_montre_que_le_perimetre,
    un_cas_complexe_se_propose_et_une_personne_decide,
    un_service_ne_repond_que_pour_lui,
    essayer_une_repartition_dit_qui_changerait_et_n_ecrit_rien,
);
