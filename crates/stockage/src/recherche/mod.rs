//! La recherche : des dossiers par les termes où ils se rangent, dans un périmètre, à travail borné.

mod entree;
mod mots;
mod references;
mod trouve;

use ccapex::identifiants::DossierId;
use ccapex::partenaires::habilitation::{Perimetre, Vue};
use ccapex::recherche::termes::ecrit;

use crate::acces::releve;
use crate::base::requete::Requete;
use crate::base::valeur::Valeur;
use crate::base::{Sql, Stockage};
use crate::echec::Echec;
use crate::liste::perimetre::{self, Chemin};
use crate::liste::{litteral, par_debut};

pub use self::entree::Tailles;
use self::entree::{Entree, PARCOURS, RELEVE};
pub use self::trouve::{Candidat, Trouve};

/// Ce qu'on demande en une fois : chaque groupe doit s'y trouver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sonde {
    /// Les groupes de termes ; un terme de chacun suffit.
    pub groupes: Vec<Groupe>,
    /// Les communes où chercher ; vide : partout.
    pub communes: Vec<String>,
    /// Les communes hors desquelles le périmètre n'a aucun dossier ([`Stockage::places`]).
    pub places: Option<Vec<String>>,
    /// Un groupe de plus, quand les autres sont trop répandus pour qu'on lise tous leurs dossiers.
    pub a_defaut: Option<Groupe>,
    /// Ce que l'adresse doit contenir : un numéro.
    pub dans_l_adresse: Option<String>,
    /// Combien de dossiers au plus.
    pub limite: i64,
}

/// Des termes dont un suffit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Groupe {
    /// L'un de ces termes, entier.
    Parmi(Vec<String>),
    /// Un mot de nom qui commence ainsi.
    DebutDeNom(String),
    /// Un terme qui commence ainsi.
    Debut(String),
}

/// Ce qu'une sonde a rapporté.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rapport {
    /// Les dossiers à comparer, sans ordre qui compte.
    pub candidats: Vec<Candidat>,
    /// Il y en avait trop : seuls les premiers ont été regardés.
    pub tronque: bool,
}

/// Inscrit au registre des accès les dossiers qu'une réponse montre : ceux qui ont seulement été comparés
/// n'ont été lus de personne.
pub fn montrer<'a>(trouves: impl Iterator<Item = &'a Trouve>) {
    releve::apercus(trouves.map(|trouve| trouve.id));
}

/// Les dossiers dont on lit la ligne pour savoir s'ils sont du périmètre.
const LUS: i64 = 1_000;

/// Autant de fois qu'on entre dans l'index, par terme et par commune ; au-delà, relever puis trier coûte moins.
const ENTREES: usize = 500;

/// Un groupe dont tous les dossiers se lisent : [`Sonde::a_defaut`] n'y sert pas.
const RARE: i64 = 300;

impl Sonde {
    /// Les communes par lesquelles suivre ce groupe dans l'index ; aucune : toutes.
    fn communes_de(&self, groupe: &Groupe) -> &[String] {
        match (groupe, &self.places) {
            (Groupe::Parmi(termes), Some(places))
                if self.communes.is_empty() && termes.len() * places.len() <= ENTREES =>
            {
                places
            }
            _ => &self.communes,
        }
    }
}

impl Groupe {
    /// Aucun dossier ne peut s'y trouver.
    #[must_use]
    pub fn est_vide(&self) -> bool {
        matches!(self, Self::Parmi(termes) if termes.is_empty())
    }

    /// Se compare dans l'index ; un début de nom se compare dans la ligne du dossier.
    fn se_compare(&self) -> bool {
        matches!(self, Self::Parmi(_))
    }
}

impl Stockage {
    /// Les dossiers qu'une sonde trouve dans ce périmètre. Les sondes d'une même question partagent ses
    /// `tailles`.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn chercher(
        &self,
        du: &Perimetre,
        sonde: &Sonde,
        tailles: &mut Tailles,
    ) -> Result<Rapport, Echec> {
        if sonde.places.as_ref().is_some_and(Vec::is_empty)
            || sonde.groupes.iter().any(Groupe::est_vide)
        {
            return Ok(Rapport::default());
        }
        let Some(mut entree) = self.entree(sonde, tailles).await? else {
            return Ok(Rapport::default());
        };
        let mut sonde = sonde.clone();
        if let Some(groupe) = sonde.a_defaut.take()
            && entree.taille() > RARE
        {
            let taille = self.taille(&groupe, &sonde, RELEVE, tailles).await?;
            if taille == 0 {
                return Ok(Rapport::default());
            }
            // Aussi répandu que les autres, il ne restreint rien, et coûterait plus que les lire.
            if taille <= RELEVE {
                sonde.groupes.push(groupe);
                entree.ajouter(taille);
            }
        }
        let sonde = &sonde;
        let requete = requete(du, sonde, &entree);
        let mut candidats: Vec<Candidat> =
            self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await?;
        let trop = i64::try_from(candidats.len()).is_ok_and(|n| n > sonde.limite);
        candidats.truncate(usize::try_from(sonde.limite).unwrap_or_default());
        let tronque = trop
            || entree.taille() > entree.parcours(sonde)
            || self.en_laisse(du, sonde, &entree).await?;
        Ok(Rapport { candidats, tronque })
    }

    /// Ces dossiers, tels qu'ils se montrent ; ceux qui ne sont pas du périmètre n'y sont pas.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn trouves(
        &self,
        du: &Perimetre,
        dossiers: &[DossierId],
    ) -> Result<Vec<Trouve>, Echec> {
        let mut entree = Requete::default();
        entree.texte("SELECT r.id FROM vue_dossier r WHERE r.id IN (");
        liste(&mut entree, dossiers);
        entree.texte(")");
        let requete = perimetre::des_dossiers(du, &selection(), Some(entree), Chemin::Libre);
        self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await
    }

    /// Plus de dossiers répondent qu'on n'en lit : d'autres sont peut-être du périmètre.
    async fn en_laisse(
        &self,
        du: &Perimetre,
        sonde: &Sonde,
        entree: &Entree,
    ) -> Result<bool, Echec> {
        if entree.taille() < LUS {
            return Ok(false);
        }
        let candidats = candidats(du, sonde, entree);
        let sql = format!("SELECT COUNT(*) AS n FROM ({}) c", candidats.sql);
        let n: Option<i64> = self.base.lire_une(Sql::Assemble(sql), candidats.valeurs).await?;
        Ok(n.unwrap_or_default() >= LUS)
    }

    /// Par où entrer dans l'index ; rien quand un groupe n'a aucune entrée.
    async fn entree(&self, sonde: &Sonde, connues: &mut Tailles) -> Result<Option<Entree>, Echec> {
        let mut tailles = Vec::new();
        let seul = sonde.groupes.len() == 1 && sonde.a_defaut.is_none();
        let jusqu_a = if seul { PARCOURS } else { RELEVE };
        for groupe in &sonde.groupes {
            let taille = self.taille(groupe, sonde, jusqu_a, connues).await?;
            if taille == 0 {
                return Ok(None);
            }
            tailles.push(taille);
        }
        Ok(Entree::par(tailles))
    }

    /// Les entrées d'un groupe, comptées jusqu'à une de plus que cela.
    async fn taille(
        &self,
        groupe: &Groupe,
        sonde: &Sonde,
        jusqu_a: i64,
        connues: &mut Tailles,
    ) -> Result<i64, Echec> {
        let communes = sonde.communes_de(groupe);
        if let Some(connue) = connues.connue(groupe, communes, jusqu_a) {
            return Ok(connue);
        }
        let mut requete = Requete::default();
        requete.texte("SELECT COUNT(*) AS n FROM (SELECT 1 AS un FROM vue_terme t WHERE ");
        dans_le_groupe(&mut requete, "t", groupe);
        dans_les_communes(&mut requete, "t", communes);
        requete.texte(" LIMIT ").valeur(jusqu_a + 1).texte(") c");
        let n: Option<i64> =
            self.base.lire_une(Sql::Assemble(requete.sql), requete.valeurs).await?;
        let n = n.unwrap_or_default();
        connues.noter(groupe, communes, jusqu_a, n);
        Ok(n)
    }
}

fn selection() -> String {
    include_str!("colonnes.sql").replace("FROM vue_dossier d", "").trim_end().to_owned()
}

/// Ce qui se compare d'un dossier.
const COMPARE: &str = "SELECT d.id, d.reference, d.nom, d.adresse, d.mots, d.clos_le";

/// Les dossiers (`id`) du groupe d'entrée qui ont aussi les autres.
fn candidats(du: &Perimetre, sonde: &Sonde, par: &Entree) -> Requete {
    let mut entree = Requete::default();
    entree.texte("SELECT DISTINCT m.dossier AS id FROM (SELECT v.dossier FROM (");
    entree.texte("SELECT t.commune, t.dossier FROM vue_terme t WHERE ");
    let entrant = &sonde.groupes[par.place];
    dans_le_groupe(&mut entree, "t", entrant);
    let communes = sonde.communes_de(entrant);
    dans_les_communes(&mut entree, "t", communes);
    entree.texte(" LIMIT ").valeur(par.parcours(sonde)).texte(") v WHERE 1 = 1");
    if let Some(places) = sonde.places.as_deref().filter(|places| *places != communes) {
        // Savoir qu'un dossier est d'ailleurs ne lit pas sa ligne.
        entree.texte(" AND v.commune IN (");
        liste(&mut entree, places);
        entree.texte(")");
    }
    let autres = sonde.groupes.iter().enumerate();
    for (autre, groupe) in autres.filter(|(i, g)| *i != par.place && g.se_compare()) {
        let nom = format!("g{autre}");
        if par.est_releve(autre) {
            entree
                .texte(" AND v.dossier IN (SELECT ")
                .texte(&nom)
                .texte(".dossier FROM vue_terme ");
            entree.texte(&nom).texte(" WHERE ");
            dans_le_groupe(&mut entree, &nom, groupe);
            dans_les_communes(&mut entree, &nom, sonde.communes_de(groupe));
        } else {
            entree.texte(" AND EXISTS (SELECT 1 FROM vue_terme ").texte(&nom).texte(" WHERE ");
            dans_le_groupe(&mut entree, &nom, groupe);
            entree.texte(" AND ").texte(&nom).texte(".commune = v.commune");
            entree.texte(" AND ").texte(&nom).texte(".dossier = v.dossier");
        }
        entree.texte(")");
    }
    if *du.vue() == Vue::Parties {
        // Savoir qu'un dossier n'est pas à cet organisme ne lit pas sa ligne.
        entree.texte(" AND ");
        perimetre::est_partie(du, &mut entree, "v.dossier");
    }
    entree.texte(" LIMIT ").valeur(LUS).texte(") m");
    entree
}

/// Les candidats du périmètre, avec ce qui se compare dans leur ligne.
fn requete(du: &Perimetre, sonde: &Sonde, par: &Entree) -> Requete {
    let entree = candidats(du, sonde, par);
    let mut requete = perimetre::des_dossiers(du, COMPARE, Some(entree), Chemin::Libre);
    for (autre, groupe) in sonde.groupes.iter().enumerate() {
        if let Groupe::DebutDeNom(debut) | Groupe::Debut(debut) = groupe
            && autre != par.place
        {
            requete.texte(" AND d.mots LIKE ").valeur(format!("% {}%", litteral(debut)));
            requete.texte(" ESCAPE '\\'");
        }
    }
    if let Some(numero) = &sonde.dans_l_adresse {
        requete.texte(" AND d.adresse LIKE ").valeur(format!("%{}%", litteral(numero)));
        requete.texte(" ESCAPE '\\'");
    }
    requete.texte(" LIMIT ").valeur(sonde.limite + 1);
    requete
}

fn dans_le_groupe(requete: &mut Requete, table: &str, groupe: &Groupe) {
    let colonne = format!("{table}.terme");
    match groupe {
        Groupe::Parmi(termes) => {
            requete.texte(&colonne).texte(" IN (");
            liste(requete, termes);
            requete.texte(")");
        }
        Groupe::DebutDeNom(debut) => par_debut(requete, &colonne, &ecrit(debut)),
        Groupe::Debut(debut) => par_debut(requete, &colonne, debut),
    }
}

fn dans_les_communes(requete: &mut Requete, table: &str, communes: &[String]) {
    if !communes.is_empty() {
        requete.texte(" AND ").texte(table).texte(".commune IN (");
        liste(requete, communes);
        requete.texte(")");
    }
}

/// Des valeurs entre virgules ; aucune n'égale rien.
fn liste<V: Clone + Into<Valeur>>(requete: &mut Requete, valeurs: &[V]) {
    for (i, valeur) in valeurs.iter().enumerate() {
        requete.texte(if i == 0 { "" } else { ", " }).valeur(valeur.clone());
    }
    if valeurs.is_empty() {
        requete.texte("NULL");
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::base::Moteur;
    use crate::base::ligne::{DepuisLigne, Ligne};
    use ccapex::partenaires::agent::{Agent, Role};

    struct Plan(String);

    impl DepuisLigne for Plan {
        fn depuis(l: &Ligne) -> Result<Self, Echec> {
            let colonne = if matches!(l, Ligne::Sqlite(_)) { "detail" } else { "QUERY PLAN" };
            Ok(Self(l.texte(colonne)?))
        }
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
        let parmi = |terme: &str| Groupe::Parmi(vec![terme.to_owned()]);
        let sondes = [
            Sonde { groupes: vec![parmi("pmartin")], limite: 200, ..Sonde::default() },
            Sonde {
                groupes: vec![parmi("pmartin"), parmi("vjaures")],
                limite: 200,
                ..Sonde::default()
            },
            Sonde {
                groupes: vec![parmi("vjaures")],
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
                groupes: vec![parmi("pmartin"), parmi("vjaures")],
                places: Some(vec!["62120".to_owned(), "62121".to_owned()]),
                limite: 200,
                ..Sonde::default()
            },
        ];
        for stockage in bases {
            remplie(&stockage).await;
            for sonde in &sondes {
                let compte =
                    stockage.entree(sonde, &mut Tailles::default()).await.unwrap().unwrap();
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
                let rapport =
                    stockage.chercher(&du(), sonde, &mut Tailles::default()).await.unwrap();
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
        let explique = match stockage.moteur() {
            Moteur::Sqlite => "EXPLAIN QUERY PLAN ",
            Moteur::Postgres => "EXPLAIN ",
        };
        requete.sql.insert_str(0, explique);
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
            groupes: vec![
                Groupe::DebutDeNom("mot12".to_owned()),
                Groupe::Parmi(vec!["pmartin".to_owned(), "vabsent".to_owned()]),
            ],
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
        for stockage in [Stockage::ephemere().await.unwrap(), Stockage::ouvrir(&url).await.unwrap()]
        {
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
        let peu = vec!["pmartin".to_owned()];
        let beaucoup = peu.iter().cloned().chain((0..ENTREES).map(|n| format!("pvoisin{n}")));
        let deux = || vec!["62120".to_owned(), "62121".to_owned()];
        for (groupe, places, trouves) in [
            (Groupe::Parmi(peu.clone()), deux(), 50),
            (Groupe::Parmi(beaucoup.collect()), deux(), 50),
            (Groupe::DebutDeNom("mot12".to_owned()), deux(), 2),
            (Groupe::Parmi(peu), Vec::new(), 0),
        ] {
            let sonde = Sonde {
                groupes: vec![groupe],
                places: Some(places),
                limite: 200,
                ..Sonde::default()
            };
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
                groupes: vec![Groupe::Parmi(vec![entree.to_owned()])],
                a_defaut: Some(Groupe::Parmi(vec!["nmot12".to_owned()])),
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
        let martin = || Groupe::Parmi(vec!["pmartin".to_owned()]);
        let un = |mot: &str| Groupe::Parmi(vec![format!("nmot{mot}")]);
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
}
