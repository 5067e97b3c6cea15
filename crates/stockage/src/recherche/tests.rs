//! La recherche entre par l'index, à travail borné, et dit quand elle n'a pas tout regardé.

use std::collections::BTreeSet;

use super::*;
use crate::base::Moteur;
use crate::base::ligne::{DepuisLigne, Ligne};
use ccapex::partenaires::agent::{Agent, Role};

/// Une étape de ce qu'un moteur compte faire d'une requête.
#[derive(Debug)]
pub(super) struct Plan(pub(super) String);

impl Plan {
    /// Ce qui, devant une requête, la fait expliquer.
    pub(super) fn explique(moteur: Moteur) -> &'static str {
        match moteur {
            Moteur::Sqlite => "EXPLAIN QUERY PLAN ",
            Moteur::Postgres => "EXPLAIN ",
        }
    }
}

impl DepuisLigne for Plan {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        let colonne = if matches!(l, Ligne::Sqlite(_)) { "detail" } else { "QUERY PLAN" };
        Ok(Self(l.texte(colonne)?))
    }
}

/// Des termes de [`remplie`], avec le nombre de leurs dossiers.
fn parmi(termes: &[&str]) -> Groupe {
    let range = |terme: &&str| {
        let dossiers = match *terme {
            "pmartin" | "vjaures" => 10_000,
            _ => i64::from(terme.starts_with("nmot")),
        };
        TermeRange { terme: (*terme).to_owned(), dossiers }
    };
    Groupe::Parmi(termes.iter().map(range).collect())
}

/// Dix mille dossiers du nom le plus porté, pour que les moteurs aient de quoi choisir.
async fn remplie(stockage: &Stockage) {
    use crate::base::insertion::Lignes;
    use crate::dossier::VueDossier;
    let mut vues = Lignes::pour(&crate::tables::VUE_DOSSIER, 10_000);
    let mut termes = Lignes::pour(&crate::tables::VUE_TERME, 30_000);
    for n in 1..=10_000_i64 {
        let jour = jiff::civil::date(2026, 1, 1);
        let instant = jiff::Timestamp::UNIX_EPOCH;
        let mut vue = VueDossier::neuve(DossierId(n), format!("62-2026-{n:06}"), jour, instant);
        vue.profil = "62".to_owned();
        vue.commune = format!("62{:03}", n % 400);
        vue.sous_commission = if n % 400 < 100 { "lens" } else { "arras" }.to_owned();
        vues.ligne(vue.en_ligne().unwrap());
        for terme in ["pmartin".to_owned(), "vjaures".to_owned(), format!("nmot{n}")] {
            let commune = Valeur::from(format!("62{:03}", n % 400));
            termes.ligne([terme.into(), commune, n.into()]);
        }
    }
    let mut connexion = stockage.base.ecrire().await.unwrap();
    connexion.inserer(vues).await.unwrap();
    connexion.inserer(termes).await.unwrap();
    connexion.executer_texte("ANALYZE".to_owned()).await.unwrap();
    connexion.valider().await.unwrap();
}

#[tokio::test]
async fn une_recherche_entre_par_l_index_et_ne_lit_jamais_une_table_entiere() {
    let url = epreuves::postgres::base("plans").parse().unwrap();
    let bases = [Stockage::ephemere().await.unwrap(), Stockage::ouvrir(&url).await.unwrap()];
    let sondes = [
        Sonde { groupes: vec![parmi(&["pmartin"])], limite: 200, ..Sonde::default() },
        Sonde {
            groupes: vec![parmi(&["pmartin"]), parmi(&["vjaures"])],
            limite: 200,
            ..Sonde::default()
        },
        Sonde {
            groupes: vec![parmi(&["vjaures"])],
            communes: vec!["62001".to_owned()],
            dans_l_adresse: Some("12".to_owned()),
            limite: 200,
            ..Sonde::default()
        },
        Sonde {
            groupes: vec![Groupe::DebutDeNom("mot12".to_owned())],
            limite: 200,
            ..Sonde::default()
        },
        Sonde {
            groupes: vec![parmi(&["pmartin"]), parmi(&["vjaures"])],
            places: Some(vec!["62120".to_owned(), "62121".to_owned()]),
            limite: 200,
            ..Sonde::default()
        },
    ];
    for stockage in bases {
        remplie(&stockage).await;
        for sonde in &sondes {
            let compte = stockage.entree(sonde, &mut Tailles::default()).await.unwrap().unwrap();
            let trop =
                Entree { place: compte.place, tailles: vec![RELEVE + 1; sonde.groupes.len()] };
            for entree in [compte, trop] {
                let plan = plan(&stockage, sonde, &entree).await;
                let entier = |etape: &String| {
                    ["Seq Scan", "SCAN d", "SCAN t", "SCAN g"].iter().any(|s| etape.contains(s))
                };
                assert!(
                    !plan.iter().any(entier),
                    "{:?} {sonde:?}\n{}",
                    stockage.moteur(),
                    plan.join("\n")
                );
            }
            let rapport = stockage.chercher(&du(), sonde, &mut Tailles::default()).await.unwrap();
            assert!(!rapport.candidats.is_empty() || sonde.dans_l_adresse.is_some());
            assert!(rapport.candidats.len() <= 200);
        }
    }
}

fn du() -> Perimetre {
    Agent::programme("62").perimetre()
}

async fn plan(stockage: &Stockage, sonde: &Sonde, entree: &Entree) -> Vec<String> {
    let mut requete = requete(&du(), sonde, entree);
    requete.sql.insert_str(0, Plan::explique(stockage.moteur()));
    let mut connexion = stockage.base.instantane().await.unwrap();
    if stockage.moteur() == Moteur::Postgres {
        // Sur si peu de lignes, lire la table entière est juste : on demande s'il peut l'éviter.
        let sans = "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off";
        connexion.executer_texte(sans.to_owned()).await.unwrap();
    }
    let plan: Vec<Plan> =
        connexion.lire(Sql::Assemble(requete.sql), requete.valeurs).await.unwrap();
    plan.into_iter().map(|p| p.0).collect()
}

#[tokio::test]
async fn relever_un_groupe_ou_chercher_une_a_une_donne_les_memes_dossiers() {
    let stockage = Stockage::ephemere().await.unwrap();
    remplie(&stockage).await;
    let sonde = Sonde {
        groupes: vec![Groupe::DebutDeNom("mot12".to_owned()), parmi(&["pmartin", "vabsent"])],
        communes: vec!["62120".to_owned(), "62121".to_owned()],
        limite: 200,
        ..Sonde::default()
    };
    for (tailles, releve) in [([RELEVE, RELEVE], true), ([RELEVE, RELEVE + 1], false)] {
        let entree = Entree { place: 0, tailles: tailles.to_vec() };
        let requete = requete(&du(), &sonde, &entree);
        assert_eq!(requete.sql.contains("v.dossier IN"), releve, "{}", requete.sql);
        let dossiers: Vec<Candidat> =
            stockage.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await.unwrap();
        let ids: BTreeSet<i64> = dossiers.iter().map(|d| d.id.0).collect();
        assert_eq!(ids, BTreeSet::from([120, 121]));
    }
}

#[tokio::test]
async fn une_base_d_avant_apprend_ou_chacun_a_des_dossiers() {
    let url = epreuves::postgres::base("places").parse().unwrap();
    let lens = Agent {
        role: Role::SecretariatSousCommission,
        sous_commission: Some("lens".to_owned()),
        ..Agent::programme("62")
    };
    for stockage in [Stockage::ephemere().await.unwrap(), Stockage::ouvrir(&url).await.unwrap()] {
        remplie(&stockage).await;
        assert_eq!(stockage.places(&lens.perimetre()).await.unwrap(), Some(vec![]));
        let mut connexion = stockage.base.ecrire().await.unwrap();
        let migration = include_str!("../../migrations/0017_places.sql");
        connexion.executer_texte(migration.to_owned()).await.unwrap();
        connexion.valider().await.unwrap();
        let places = stockage.places(&lens.perimetre()).await.unwrap().unwrap();
        let attendues: Vec<String> = (0..100).map(|n| format!("62{n:03}")).collect();
        assert_eq!(BTreeSet::from_iter(places), BTreeSet::from_iter(attendues));
        assert_eq!(stockage.places(&du()).await.unwrap(), None, "de partout");
    }
}

#[tokio::test]
async fn une_recherche_ne_regarde_que_les_communes_de_son_perimetre() {
    let stockage = Stockage::ephemere().await.unwrap();
    remplie(&stockage).await;
    let voisins: Vec<String> = (0..ENTREES).map(|n| format!("pvoisin{n}")).collect();
    let beaucoup: Vec<&str> =
        std::iter::once("pmartin").chain(voisins.iter().map(String::as_str)).collect();
    let deux = || vec!["62120".to_owned(), "62121".to_owned()];
    for (groupe, places, trouves) in [
        (parmi(&["pmartin"]), deux(), 50),
        (parmi(&beaucoup), deux(), 50),
        (Groupe::DebutDeNom("mot12".to_owned()), deux(), 2),
        (parmi(&["pmartin"]), Vec::new(), 0),
    ] {
        let sonde =
            Sonde { groupes: vec![groupe], places: Some(places), limite: 200, ..Sonde::default() };
        let rapport = stockage.chercher(&du(), &sonde, &mut Tailles::default()).await.unwrap();
        assert_eq!(rapport.candidats.len(), trouves, "{sonde:?}");
        assert!(rapport.candidats.iter().all(|d| [120, 121].contains(&(d.id.0 % 400))));
    }
}

#[tokio::test]
async fn le_groupe_a_defaut_restreint_un_mot_repandu_et_lui_seul() {
    let stockage = Stockage::ephemere().await.unwrap();
    remplie(&stockage).await;
    for (entree, attendus) in [("pmartin", vec![12]), ("nmot7", vec![7])] {
        let sonde = Sonde {
            groupes: vec![parmi(&[entree])],
            a_defaut: Some(parmi(&["nmot12"])),
            limite: 200,
            ..Sonde::default()
        };
        let rapport = stockage.chercher(&du(), &sonde, &mut Tailles::default()).await.unwrap();
        let ids: Vec<i64> = rapport.candidats.iter().map(|d| d.id.0).collect();
        assert_eq!((ids, rapport.tronque), (attendus, false), "{entree}");
    }
}

#[tokio::test]
async fn une_reponse_incomplete_se_dit() {
    let stockage = Stockage::ephemere().await.unwrap();
    remplie(&stockage).await;
    let martin = || parmi(&["pmartin"]);
    let un = |mot: &str| parmi(&[&format!("nmot{mot}")]);
    for (groupes, limite, tronque) in [
        (vec![un("12")], 200, false),
        (vec![martin(), un("12")], 200, false),
        (vec![martin()], 200, true),
        // Tous pourraient se montrer, mais mille seulement sont lus.
        (vec![martin()], 20_000, true),
    ] {
        let sonde = Sonde { groupes, limite, ..Sonde::default() };
        let rapport = stockage.chercher(&du(), &sonde, &mut Tailles::default()).await.unwrap();
        assert_eq!(rapport.tronque, tronque, "{sonde:?}");
    }
}
