//! L'accès exceptionnel, de bout en bout : demandé, ouvert, lu, examiné, éteint.

use std::collections::BTreeSet;
use std::sync::Arc;

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use stockage::depart::EtatDeDepart;
use usages::actes::demande::Statut;
use usages::compte::comptes::{NouveauCompte, creer_sans_personne};
use usages::compte::secret::Secret;
use usages::dossiers::ouvrir::ouvrir as ouvrir_le_dossier;
use usages::dossiers::qui_voit::qui_voit;
use usages::echec::Nature;
use usages::exceptions::examiner::{Avis, Etat, detailler, examiner, finir, lister};
use usages::exceptions::ouvrir::{Demande, annoncer, ouvrir};
use usages::registre::consulter::registre;
use usages::registre::suivi::{Forme, Suivi};

use crate::appareil::{AUJOURD_HUI, Appareil, central, delegue, lecteur, maintenant};
use crate::notices::cdp;
use crate::restreints::{RIEN, centrale, consigne, sait, service};

const SITE: &str = "https://seuil.exemple";

fn dans(heures: i64) -> Timestamp {
    maintenant() + SignedDuration::from_hours(heures)
}

fn demande(reference: &str) -> Demande {
    Demande {
        reference: reference.to_owned(),
        motif: "danger".to_owned(),
        raison: "Mme Zorglub appelle du commissariat, l'expulsion est demain.".to_owned(),
    }
}

/// Ouvre un compte, et rend la personne.
async fn compte(a: &Appareil, identifiant: &str, agent: Agent) -> Agent {
    let nouveau =
        NouveauCompte { identifiant: identifiant.to_owned(), agent: agent.clone(), fin: None };
    let secret = Secret::saisi("le mot de passe des essais");
    let id = creer_sans_personne(&a.maison.stockage, nouveau, &secret, maintenant(), [3; 32]).await;
    Agent { id: id.unwrap(), ..agent }
}

/// Le délégué, avec son adresse.
async fn un_delegue(a: &Appareil) -> Agent {
    let delegue = compte(a, "dpo", delegue()).await;
    a.maison.stockage.garder_courriel(delegue.id, "dpo@exemple.invalid").await.unwrap();
    delegue
}

/// La personne telle que sa session la connaît à cet instant.
async fn vers(a: &Appareil, agent: &Agent, quand: Timestamp) -> Agent {
    let exceptions = a.maison.stockage.exceptions_ouvertes(agent.id, quand).await.unwrap();
    Agent { exceptions, ..agent.clone() }
}

/// Un dossier confié à la Caf, restreint au secrétariat.
async fn restreint(a: &Appareil, reference: &str) -> String {
    let dossier = a.recoit_une(cdp(reference)).await.dossier.unwrap();
    for objet in [
        json!({"dossier": dossier, "acte": "prise_en_charge", "date": "2026-11-10",
            "service": "caf", "issue": "acceptee"}),
        json!({"dossier": dossier, "acte": "alerte", "date": "2026-11-18", "code": "porte_close",
            "destinataires": ["caf"], "contenu": "Trois visites sans réponse."}),
        json!({"dossier": dossier, "acte": "acces_restreint", "date": "2026-11-19",
            "motif": "violences", "nommes": ["secretariat"]}),
    ] {
        let reponse = consigne(a, &centrale(), objet).await;
        assert_eq!(reponse.statut, Statut::Consigne, "{}", reponse.en_mots());
    }
    dossier
}

async fn une_exception_ouvre_un_dossier_restreint_et_s_eteint_a_son_heure(a: Arc<Appareil>) {
    let delegue = un_delegue(&a).await;
    let une = compte(&a, "caf", service()).await;
    let collegue = compte(&a, "caf2", service()).await;
    let dossier = restreint(&a, "R-1").await;
    assert_eq!(sait(&a, &une, &dossier).await, RIEN);

    let (maison, jour) = (&a.maison, AUJOURD_HUI);
    let annonce = annoncer(maison, &une, &demande(&dossier), jour, maintenant()).await.unwrap();
    assert_eq!(annonce.fin, dans(24));
    assert_eq!(sait(&a, &une, &dossier).await, RIEN, "annoncer n'ouvre rien");
    let ouvert = ouvrir(maison, &une, &demande(&dossier), SITE, jour, maintenant()).await.unwrap();
    assert_eq!(ouvert, dossier);

    let pendant = vers(&a, &une, dans(1)).await;
    assert_eq!(sait(&a, &pendant, &dossier).await, [true; 5], "comme si elle y était nommée");
    assert_eq!(sait(&a, &vers(&a, &collegue, dans(1)).await, &dossier).await, RIEN);
    let encore = ouvrir(maison, &pendant, &demande(&dossier), SITE, jour, dans(1)).await;
    assert!(encore.unwrap_err().to_string().contains("déjà ouvert"));

    let dette =
        json!({"dossier": dossier, "acte": "dette", "date": "2026-11-20", "montant": 90_000});
    let refus = consigne(&a, &pendant, dette).await;
    assert!(refus.en_mots().contains("accès exceptionnel permet de lire"), "{}", refus.en_mots());
    let contact = json!({"dossier": dossier, "acte": "contact", "date": "2026-11-21",
        "mode": "telephone", "issue": "joint"});
    let note = consigne(&a, &pendant, contact).await;
    assert_eq!(note.statut, Statut::Consigne, "{}", note.en_mots());

    let acces = qui_voit(maison, &centrale(), &dossier, jour, dans(1)).await.unwrap();
    assert_eq!(acces.exceptions.len(), 1);
    assert!(acces.voient.iter().all(|v| v.agent.id != une.id), "elle n'est pas nommée pour autant");

    assert_eq!(vers(&a, &une, dans(23)).await.exceptions.len(), 1);
    let apres = vers(&a, &une, dans(24)).await;
    assert_eq!(apres.exceptions, BTreeSet::new(), "la fin venue, rien n'est à faire");
    assert_eq!(sait(&a, &apres, &dossier).await, RIEN);

    let courriels = maison.stockage.departs(EtatDeDepart::EnAttente, 10).await.unwrap();
    assert_eq!(courriels.len(), 1);
    assert_eq!(courriels[0].a, "dpo@exemple.invalid");
    assert!(courriels[0].corps.contains("https://seuil.exemple/acces-exceptionnels"));
    assert!(!courriels[0].corps.contains(&dossier) && !courriels[0].corps.contains("Zorglub"));
    let lu = lister(maison, &delegue, dans(25)).await.unwrap();
    assert_eq!(lu.len(), 1);
    assert_eq!((lu[0].etat, lu[0].exception.reference.as_str()), (Etat::Finie, dossier.as_str()));
}

async fn avant_d_ouvrir_rien_ne_distingue_une_reference_fausse_d_un_dossier_restreint(
    a: Arc<Appareil>,
) {
    un_delegue(&a).await;
    let une = compte(&a, "caf", service()).await;
    let restreint = restreint(&a, "R-1").await;
    let ailleurs = a.recoit_une(cdp("R-2").du_menage(3)).await.dossier.unwrap();
    let confie = json!({"dossier": ailleurs, "acte": "prise_en_charge", "date": "2026-11-10",
        "service": "departement", "issue": "acceptee"});
    assert_eq!(consigne(&a, &centrale(), confie).await.statut, Statut::Consigne);
    let references = ["62-2026-999999", &ailleurs, &restreint];
    let mut refus = BTreeSet::new();
    let mut annonces = Vec::new();
    for reference in references {
        let ouvert = ouvrir_le_dossier(&a.maison, &une, reference, AUJOURD_HUI, maintenant()).await;
        refus.insert(ouvert.unwrap_err().to_string());
        let dite = annoncer(&a.maison, &une, &demande(reference), AUJOURD_HUI, maintenant()).await;
        annonces.push(dite.unwrap());
    }
    assert_eq!(refus.len(), 1, "{refus:?}");
    assert_eq!(annonces[0], annonces[1]);
    assert_eq!(annonces[0], annonces[2]);

    // L'exception ne lève que la restriction : rien d'ailleurs ne s'ouvre, et l'essai compte.
    let (jour, instant) = (AUJOURD_HUI, maintenant());
    for reference in &references[..2] {
        let essai = ouvrir(&a.maison, &une, &demande(reference), SITE, jour, instant).await;
        let essai = essai.unwrap_err();
        assert_eq!(essai.nature(), Nature::Introuvable);
        assert!(refus.contains(&essai.to_string()));
    }
    ouvrir(&a.maison, &une, &demande(&restreint), SITE, jour, instant).await.unwrap();
    let quatrieme = annoncer(&a.maison, &une, &demande(&restreint), jour, instant).await;
    assert!(quatrieme.unwrap_err().to_string().contains("c'est le nombre permis"));
    annoncer(&a.maison, &une, &demande(&restreint), jour, dans(25)).await.unwrap();
    assert_eq!(a.maison.stockage.departs(EtatDeDepart::EnAttente, 10).await.unwrap().len(), 1);
}

async fn chaque_lecture_par_exception_le_dit_au_registre_et_le_delegue_y_met_fin(a: Arc<Appareil>) {
    let delegue = un_delegue(&a).await;
    let une = compte(&a, "caf", service()).await;
    let dossier = restreint(&a, "R-1").await;
    let (maison, jour) = (&a.maison, AUJOURD_HUI);
    ouvrir(maison, &une, &demande(&dossier), SITE, jour, maintenant()).await.unwrap();

    let pendant = vers(&a, &une, dans(1)).await;
    let suivi = Suivi::default();
    suivi.reconnaitre(&pendant);
    suivi.pendant(ouvrir_le_dossier(maison, &pendant, &dossier, jour, dans(1))).await.unwrap();
    suivi.inscrire(maison, Forme::Page, "/dossiers/{reference}", dans(1)).await.unwrap();
    let contact = json!({"dossier": dossier, "acte": "contact", "date": "2026-11-21",
        "mode": "telephone", "issue": "joint"});
    let suivi = Suivi::default();
    suivi.reconnaitre(&pendant);
    suivi.pendant(consigne(&a, &pendant, contact)).await;

    let acces = registre(maison, &delegue, &dossier).await.unwrap().acces;
    let siens: Vec<(&str, bool)> = acces
        .iter()
        .filter(|l| {
            l.nom == une.nom && l.organisme == une.organisme && l.role == une.role.libelle()
        })
        .map(|l| (l.geste.as_str(), l.finalite.contains("par un accès exceptionnel")))
        .collect();
    assert!(siens.contains(&("a ouvert le dossier par un accès exceptionnel", true)), "{siens:?}");
    assert!(siens.contains(&("a ouvert le dossier", true)), "{siens:?}");
    assert!(siens.contains(&("a noté un acte", true)), "{siens:?}");
    assert!(acces.iter().all(|l| !l.finalite.contains("Zorglub")), "la raison reste au coffre");

    let id = lister(maison, &delegue, dans(1)).await.unwrap()[0].exception.id;
    let lu = detailler(maison, &delegue, id, dans(1)).await.unwrap();
    assert!(lu.raison.contains("du commissariat"));
    assert!(lu.acces.len() >= 2, "{:?}", lu.acces);
    for autre in [centrale(), une.clone(), lecteur()] {
        let refus = lister(maison, &autre, dans(1)).await.unwrap_err();
        assert_eq!(refus.nature(), Nature::HorsMission);
        let refus = finir(maison, &autre, id, dans(1)).await.unwrap_err();
        assert_eq!(refus.nature(), Nature::HorsMission);
    }
    assert!(examiner(maison, &delegue, id, Avis::NonJustifie, dans(2)).await.unwrap());
    assert!(!examiner(maison, &delegue, id, Avis::Justifie, dans(2)).await.unwrap());
    assert!(finir(maison, &delegue, id, dans(2)).await.unwrap());
    assert!(!finir(maison, &delegue, id, dans(2)).await.unwrap());
    assert_eq!(sait(&a, &vers(&a, &une, dans(2)).await, &dossier).await, RIEN);
    let lu = detailler(maison, &delegue, id, dans(3)).await.unwrap().vue;
    assert_eq!((lu.etat, lu.exception.avis.as_str()), (Etat::Arretee, "non_justifie"));
    assert!(maison.stockage.chaine_des_acces().await.unwrap().ruptures.is_empty());
}

async fn sans_droit_sans_delegue_ou_sans_raison_rien_ne_s_ouvre(a: Arc<Appareil>) {
    let une = compte(&a, "caf", service()).await;
    let dossier = restreint(&a, "R-1").await;
    let (maison, jour) = (&a.maison, AUJOURD_HUI);
    let etude = Agent { id: AgentId(90), role: Role::CommissaireDeJustice, ..central() };
    let refus = annoncer(maison, &etude, &demande(&dossier), jour, maintenant()).await;
    assert_eq!(refus.unwrap_err().nature(), Nature::HorsMission);
    let refus = ouvrir(maison, &une, &demande(&dossier), SITE, jour, maintenant()).await;
    assert!(refus.unwrap_err().to_string().contains("Aucun compte de délégué"));
    un_delegue(&a).await;
    for (faute, attendue) in [
        (Demande { raison: "Urgent.".to_owned(), ..demande(&dossier) }, "trop courte"),
        (Demande { motif: "curiosite".to_owned(), ..demande(&dossier) }, "Le motif manque"),
        (Demande { reference: "Zorglub".to_owned(), ..demande(&dossier) }, "ne se lit pas"),
    ] {
        let refus = ouvrir(maison, &une, &faute, SITE, jour, maintenant()).await.unwrap_err();
        assert!(refus.to_string().contains(attendue), "{refus}");
    }
    assert_eq!(vers(&a, &une, dans(1)).await.exceptions, BTreeSet::new());
}

sur_les_deux_moteurs!(
    une_exception_ouvre_un_dossier_restreint_et_s_eteint_a_son_heure,
    avant_d_ouvrir_rien_ne_distingue_une_reference_fausse_d_un_dossier_restreint,
    chaque_lecture_par_exception_le_dit_au_registre_et_le_delegue_y_met_fin,
    sans_droit_sans_delegue_ou_sans_raison_rien_ne_s_ouvre,
);
