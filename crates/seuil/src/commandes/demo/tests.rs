//! La démonstration, préparée pour de vrai, regardée dossier par dossier.

use std::collections::BTreeSet;

use ccapex::acte::codes::{CodeDAlerte, IssueDuMenage};
use ccapex::coordination::listes::ListeDeSuivi;
use ccapex::cours::etat::{EtatParallele, Stade};
use ccapex::cours::horloge::Horloge as Regard;
use ccapex::cours::{Cours, EtatDEngagement};
use ccapex::partenaires::agent::Niveau;
use ccapex::procedure::etape::Etape;
use droit::regles::treve::protege;
use jiff::civil::{Date, date};
use stockage::base::Stockage;
use stockage::liste;
use usages::accueil::accueil;
use usages::coordination::alertes::pour_moi;
use usages::dossiers::ouvrir::{DossierOuvert, ouvrir};
use usages::entretien::verifier::verifier;

use super::*;

struct Demonstration {
    jour: Date,
    maison: Maison,
    comptes: Vec<Compte>,
    dossiers: Vec<(Scene, DossierOuvert)>,
}

/// Ce que la base reçoit avant les scènes.
#[derive(Clone, Copy)]
enum Exemples {
    Recus,
    Passes,
}

/// Une démonstration qui a lieu ce jour-là, chaque dossier ouvert.
async fn demonstration(jour: Date, exemples: Exemples) -> Demonstration {
    let horloge = Horloge::new(Some(jour), "62");
    let stockage = Stockage::ephemere().await.expect("une base");
    let maison = Maison::avec_profils(stockage, Vec::new()).expect("les profils livrés");
    let preparee = match exemples {
        Exemples::Recus => preparer(&maison, &horloge).await,
        Exemples::Passes => mettre_en_scene(&maison, &horloge).await,
    };
    let Preparee { comptes, scenes } = preparee.expect("rien n'est refusé pendant la préparation");
    let mut dossiers = Vec::new();
    for (scene, joue) in scenes {
        let agent = Agent::programme(&scene.profil);
        let reference = joue.reference.expect("un dossier par scène");
        let ouvert = ouvrir(&maison, &agent, &reference, jour, horloge.maintenant()).await;
        dossiers.push((scene, ouvert.expect("le dossier s'ouvre")));
    }
    Demonstration { jour, maison, comptes, dossiers }
}

impl Demonstration {
    fn ouverts(&self) -> impl Iterator<Item = &DossierOuvert> {
        self.dossiers.iter().map(|(_, o)| o).filter(|o| o.situation.clos.is_none())
    }

    /// Ce qui manque : un stade ou un état que nul dossier ne montre à l'heure, ou en retard.
    fn trous(&self) -> Vec<String> {
        let hors_treve = !protege(self.jour).expect("une trêve connue");
        let stades = Stade::TOUS.iter().map(|s| s.code());
        let etats = EtatParallele::TOUS
            .iter()
            .filter(|e| !(hors_treve && **e == EtatParallele::TreveActive))
            .map(|e| e.code());
        let mut trous = Vec::new();
        for code in stades.chain(etats) {
            let la = |o: &&DossierOuvert| {
                o.situation.stade == code || o.situation.etats.iter().any(|e| e.code() == code)
            };
            let retards = self.ouverts().filter(la).filter(|o| en_retard(o, self.jour)).count();
            if retards == 0 {
                trous.push(format!("{code} : aucun dossier en retard"));
            }
            if retards == self.ouverts().filter(la).count() {
                trous.push(format!("{code} : aucun dossier à l'heure"));
            }
        }
        trous
    }
}

/// Une étape est passée, ou elle a déjà changé de main.
fn en_retard(ouvert: &DossierOuvert, jour: Date) -> bool {
    ouvert.situation.etapes.iter().any(|e| e.avant_le < jour || escaladee(e))
}

fn escaladee(etape: &Etape) -> bool {
    etape.motifs.iter().any(|m| m.contains("» la reprend") || m.contains("revient à la cellule"))
}

/// Chaque stade, chaque état, chaque issue, chaque liste : vrai quel que soit le jour.
async fn est_vivante(jour: Date, exemples: Exemples) -> Demonstration {
    let demo = demonstration(jour, exemples).await;
    assert_eq!(demo.trous(), Vec::<String>::new(), "au {jour}");

    let references: BTreeSet<&str> =
        demo.dossiers.iter().map(|(_, o)| o.vue.reference.as_str()).collect();
    assert_eq!(references.len(), demo.dossiers.len(), "deux scènes ont le même dossier");
    let mains: BTreeSet<&str> = demo
        .ouverts()
        .flat_map(|o| &o.situation.etapes)
        .filter(|e| escaladee(e))
        .map(|e| e.qui.as_str())
        .collect();
    assert_eq!(mains, BTreeSet::from(["cellule_technique", "sous_commission"]));

    let issues: BTreeSet<&str> = demo
        .dossiers
        .iter()
        .filter_map(|(_, o)| o.situation.clos.as_ref())
        .map(|clos| clos.issue.code())
        .collect();
    assert_eq!(issues, IssueDuMenage::CHOIX.iter().map(|(code, _)| *code).collect());

    for (scene, ouvert) in &demo.dossiers {
        let des_actes = ouvert.anomalies.values().flatten();
        let des_notices = ouvert.notices.iter().flat_map(|n| &n.anomalies);
        let dites: Vec<&str> = des_actes.chain(des_notices).map(|a| a.motif.as_str()).collect();
        let expres = scene.titre.starts_with("Expulsion un dimanche");
        assert_eq!(!dites.is_empty(), expres, "{} : {dites:?}", scene.titre);
    }

    let central = demo.comptes.iter().find(|c| c.identifiant == "central").expect("central");
    let nombres = accueil(&demo.maison, &central.agent, jour).await.expect("l'accueil");
    // « alerte_a:caf » : les alertes d'un destinataire, que son rôle suit.
    let listes = nombres.listes.keys().map(String::as_str);
    let listes: BTreeSet<&str> = listes.filter(|liste| !liste.contains(':')).collect();
    assert_eq!(listes, ListeDeSuivi::TOUTES.iter().map(|l| l.code()).collect(), "au {jour}");
    assert_eq!(nombres.a_examiner, 0);
    demo
}

#[tokio::test]
async fn la_demonstration_montre_chaque_stade_a_l_heure_et_en_retard_pendant_la_treve() {
    let demo = est_vivante(date(2026, 11, 21), Exemples::Recus).await;
    accompagnement(&demo);
    let verification = verifier(&demo.maison).await.expect("la base se relit");
    assert_eq!(verification.a_examiner, 0);
    assert_eq!(verification.defauts, Vec::<String>::new());
    let mut attendus = BTreeSet::new();
    for Compte { identifiant, agent, .. } in &demo.comptes {
        let nombres = accueil(&demo.maison, agent, demo.jour).await.expect("l'accueil");
        assert!(nombres.ouverts > 0, "{identifiant} n'a aucun dossier");
        if agent.role.niveau() == Niveau::Destinataire {
            // L'échéance d'un dossier n'est pas à sa part : ses notices et ses alertes l'attendent.
            let alertes = pour_moi(&demo.maison, agent).await.expect("ses alertes");
            if nombres.a_completer > 0 || alertes != liste::Compte::Exact(0) {
                attendus.insert(*identifiant);
            }
            continue;
        }
        let suit = nombres.en_retard + nombres.semaine > 0;
        assert!(suit, "{identifiant} n'a rien à faire cette semaine");
    }
    assert_eq!(
        attendus,
        BTreeSet::from(["bailleur", "etude"]),
        "ceux qu'une alerte ou une notice attend"
    );
}

#[tokio::test]
async fn elle_reste_vivante_un_dimanche_d_ete() {
    est_vivante(date(2027, 8, 15), Exemples::Passes).await;
}

#[tokio::test]
async fn elle_reste_vivante_un_vingt_neuf_fevrier() {
    est_vivante(date(2028, 2, 29), Exemples::Passes).await;
}

#[tokio::test]
async fn des_2027_la_commission_decide_de_l_aide_au_logement() {
    let demo = est_vivante(date(2027, 2, 15), Exemples::Passes).await;
    let regles: BTreeSet<&str> =
        demo.ouverts().flat_map(|o| &o.situation.etapes).map(|e| e.regle).collect();
    assert!(regles.contains("decideur_maintien_aide"), "{regles:?}");
    assert!(regles.contains("notifier_la_decision_sur_l_aide"), "{regles:?}");
}

/// Le diagnostic à chaque étape, les alertes, les mots du ménage, les engagements.
fn accompagnement(demo: &Demonstration) {
    let regard = Regard::au(demo.jour);
    let cours: Vec<Cours<'_>> =
        demo.dossiers.iter().map(|(_, o)| Cours::de(&o.dossier, 3, &regard)).collect();
    let un = |quoi: &str, vrai: &dyn Fn(&Cours<'_>) -> bool| {
        assert!(cours.iter().any(vrai), "aucun dossier : {quoi}");
    };
    let propose = |o: &DossierOuvert| {
        o.dossier.actes.iter().any(|a| a.consigne.quoi.nom() == "dsf_rendez_vous")
    };
    let confie = demo.dossiers.iter().zip(&cours);
    let confie = confie.filter(|((_, o), c)| c.dsf.demande_le.is_some() && !propose(o)).count();
    assert!(confie > 0, "aucun diagnostic confié dont l'entretien reste à proposer");
    un("portes closes", &|c| c.dsf.portes_closes.len() > 1 && c.dsf.realise_le.is_none());
    un("diagnostic commencé", &|c| c.dsf.redige_le.is_some() && c.dsf.realise_le.is_none());
    un("diagnostic terminé", &|c| c.dsf.realise_le.is_some() && c.dsf.transmis_le.is_none());
    un("diagnostic transmis", &|c| c.dsf.redige_le.is_some() && c.dsf.transmis_le.is_some());
    let plan = |c: &Cours<'_>| c.dette.plan.as_ref().map(|p| p.etat);
    un("plan tenu", &|c| matches!(plan(c), Some(EtatDEngagement::Tenu(_))));
    un("plan rompu", &|c| matches!(plan(c), Some(EtatDEngagement::Rompu(_))));
    un("mensualité payée", &|c| c.dette.plan.as_ref().is_some_and(|p| p.payees.len() > 1));
    un("mensualité manquée", &|c| c.dette.plan.as_ref().is_some_and(|p| !p.manquees.is_empty()));
    un("cas complexe retenu", &|c| c.complexite.is_some());

    let alertes: BTreeSet<&str> =
        cours.iter().flat_map(|c| &c.alertes).map(|a| a.code.code()).collect();
    assert_eq!(alertes, CodeDAlerte::CHOIX.iter().map(|(code, _)| *code).collect());
    let attentes = || demo.ouverts().flat_map(|o| &o.attentes);
    assert!(attentes().any(|a| a.sans_reponse(&regard)));
    assert!(attentes().any(|a| a.en_attente() && !a.sans_reponse(&regard)));
    assert!(attentes().any(|a| !a.en_attente()));
    let paroles = demo.ouverts().flat_map(|o| o.textes.values()).filter_map(|t| t.get("parole"));
    assert!(paroles.count() > 2);
    let rendez_vous = demo
        .ouverts()
        .flat_map(|o| &o.dossier.actes)
        .filter(|a| a.consigne.quoi.nom() == "dsf_rendez_vous" && a.consigne.date > demo.jour);
    assert!(rendez_vous.count() > 0, "aucun entretien à venir");
}
