//! La recherche : des dossiers par les termes où ils se rangent, dans un périmètre, à travail borné.

use std::collections::BTreeSet;

use ccapex::identifiants::DossierId;
use ccapex::partenaires::habilitation::{Perimetre, Situation, Vue};
use ccapex::partenaires::partie::Parties;
use ccapex::recherche::termes::ecrit;
use jiff::civil::Date;

use crate::acces::releve;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::requete::Requete;
use crate::base::valeur::{SANS_ECHEANCE, valeurs};
use crate::base::{Sql, Stockage, sql};
use crate::dossier::{nommes_lus, parties_lues};
use crate::echec::Echec;
use crate::liste::perimetre::{self, Chemin};
use crate::liste::{litteral, par_debut};

/// Ce qu'on demande en une fois : chaque groupe doit s'y trouver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sonde {
    /// Les groupes de termes ; un terme de chacun suffit.
    pub groupes: Vec<Groupe>,
    /// Les communes où chercher ; vide : partout.
    pub communes: Vec<String>,
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
    /// Les dossiers, sans ordre qui compte.
    pub dossiers: Vec<Trouve>,
    /// Il y en avait trop : seuls les premiers ont été regardés.
    pub tronque: bool,
}

/// Un dossier, tel qu'une recherche le compare et le montre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouve {
    /// Le dossier.
    pub id: DossierId,
    /// Sa référence.
    pub reference: String,
    /// Son profil.
    pub profil: String,
    /// Le nom, pour l'affichage.
    pub nom: String,
    /// L'adresse, pour l'affichage.
    pub adresse: String,
    /// Les mots de ses noms.
    pub mots: Vec<String>,
    /// Le code de la commune.
    pub commune: String,
    /// Le stade rangé.
    pub stade: String,
    /// Le statut de la dernière notice.
    pub statut: String,
    /// Sa sous-commission.
    pub sous_commission: String,
    /// Les organismes qui en voient quelque chose.
    pub parties: Parties,
    /// Ceux qui peuvent seuls l'ouvrir ; rien quand son accès n'est pas restreint.
    pub nommes: Option<BTreeSet<String>>,
    /// La fin du délai du dernier acte.
    pub fin_delai: Option<Date>,
    /// Le service en charge.
    pub service: String,
    /// Le jour de la clôture.
    pub clos_le: Option<Date>,
    /// Avant quand vient la prochaine étape.
    pub etape_avant_le: Option<Date>,
}

impl Trouve {
    /// Ce qui, du dossier, décide de qui peut le voir.
    #[must_use]
    pub fn situation(&self) -> Situation<'_> {
        Situation {
            dossier: self.id,
            profil: &self.profil,
            sous_commission: &self.sous_commission,
            service: &self.service,
            parties: &self.parties,
            nommes: self.nommes.as_ref(),
        }
    }
}

impl DepuisLigne for Trouve {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        let etape = l.texte("etape_avant_le")?;
        Ok(Self {
            id: DossierId(l.entier("id")?),
            reference: l.texte("reference")?,
            nom: l.texte("nom")?,
            adresse: l.texte("adresse")?,
            mots: l.texte("mots")?.split_whitespace().map(str::to_owned).collect(),
            commune: l.texte("commune")?,
            stade: l.texte("stade")?,
            statut: l.texte("statut")?,
            sous_commission: l.texte("sous_commission")?,
            parties: parties_lues(&l.texte("parties")?)?,
            nommes: nommes_lus(&l.texte("nommes")?),
            profil: l.texte("profil")?,
            fin_delai: l.jour_ou_rien("fin_delai")?,
            service: l.texte("service")?,
            clos_le: l.jour_ou_rien("clos_le")?,
            etape_avant_le: (etape != SANS_ECHEANCE).then(|| etape.parse()).transpose()?,
        })
    }
}

/// Inscrit au registre des accès les dossiers qu'une réponse montre : ceux qui ont seulement été comparés
/// n'ont été lus de personne.
pub fn montrer<'a>(trouves: impl Iterator<Item = &'a Trouve>) {
    releve::apercus(trouves.map(|trouve| trouve.id));
}

/// Les entrées d'index qu'un terme trop répandu laisse parcourir.
const PARCOURS: i64 = 10_000;

/// Les dossiers dont on lit la ligne pour savoir s'ils sont du périmètre.
const LUS: i64 = 2_000;

impl Stockage {
    /// Les dossiers qu'une sonde trouve dans ce périmètre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn chercher(&self, du: &Perimetre, sonde: &Sonde) -> Result<Rapport, Echec> {
        let Some((entree, n)) = self.entree(sonde).await? else { return Ok(Rapport::default()) };
        if n == 0 {
            return Ok(Rapport::default());
        }
        let requete = requete(du, sonde, entree);
        let mut dossiers: Vec<Trouve> =
            self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await?;
        let trop = i64::try_from(dossiers.len()).is_ok_and(|n| n > sonde.limite);
        dossiers.truncate(usize::try_from(sonde.limite).unwrap_or_default());
        Ok(Rapport { dossiers, tronque: trop || n > PARCOURS })
    }

    /// Les dossiers de ces références, ou dont la référence commence ainsi.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn chercher_par_reference(
        &self,
        du: &Perimetre,
        entieres: &[String],
        debut: Option<&str>,
        limite: i64,
    ) -> Result<Vec<Trouve>, Echec> {
        let mut entree = Requete::default();
        entree.texte("SELECT r.id FROM vue_dossier r WHERE r.reference IN (");
        liste(&mut entree, entieres);
        entree.texte(")");
        if let Some(debut) = debut {
            entree.texte(" UNION SELECT q.id FROM (SELECT r.id FROM vue_dossier r WHERE ");
            par_debut(&mut entree, "r.reference", debut);
            entree.texte(" LIMIT ").valeur(limite).texte(") q");
        }
        let mut requete = perimetre::des_dossiers(du, &selection(), Some(entree), Chemin::Libre);
        requete.texte(" LIMIT ").valeur(limite);
        self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await
    }

    /// Les références que cet organisme a lui-même données à ses actes, dans ce dossier.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn references_envoyees(
        &self,
        du: &Perimetre,
        dossier: DossierId,
    ) -> Result<Vec<String>, Echec> {
        let valeurs = valeurs![dossier, du.emetteur().unwrap_or_default()];
        let lues: Vec<Reference> = self.base.lire(sql!("references_envoyees.sql"), valeurs).await?;
        Ok(lues.into_iter().map(|r| r.0).collect())
    }

    /// Le groupe le moins répandu, par où l'on entre dans l'index, et sa taille si elle est petite.
    async fn entree(&self, sonde: &Sonde) -> Result<Option<(usize, i64)>, Echec> {
        if sonde.groupes.len() == 1 {
            // Rien à comparer : entrer tout de suite coûte moins que compter.
            return Ok(Some((0, 1)));
        }
        let mut moindre = None;
        for (place, groupe) in sonde.groupes.iter().enumerate() {
            let mut requete = Requete::default();
            requete.texte("SELECT COUNT(*) AS n FROM (SELECT 1 AS un FROM vue_terme t WHERE ");
            dans_le_groupe(&mut requete, "t", groupe);
            dans_les_communes(&mut requete, &sonde.communes);
            requete.texte(" LIMIT ").valeur(PARCOURS + 1).texte(") c");
            let n: Option<i64> =
                self.base.lire_une(Sql::Assemble(requete.sql), requete.valeurs).await?;
            let n = n.unwrap_or_default();
            if moindre.is_none_or(|(_, connu)| n < connu) {
                moindre = Some((place, n));
            }
            if n == 0 {
                break;
            }
        }
        Ok(moindre)
    }
}

struct Reference(String);

impl DepuisLigne for Reference {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self(l.texte("reference")?))
    }
}

fn selection() -> String {
    include_str!("colonnes.sql").replace("FROM vue_dossier d", "").trim_end().to_owned()
}

/// Les dossiers du groupe d'entrée qui ont aussi les autres, puis ceux du périmètre.
fn requete(du: &Perimetre, sonde: &Sonde, place: usize) -> Requete {
    let mut entree = Requete::default();
    entree.texte("SELECT DISTINCT m.dossier AS id FROM (SELECT v.dossier FROM (");
    entree.texte("SELECT t.commune, t.dossier FROM vue_terme t WHERE ");
    dans_le_groupe(&mut entree, "t", &sonde.groupes[place]);
    dans_les_communes(&mut entree, &sonde.communes);
    entree.texte(" LIMIT ").valeur(PARCOURS).texte(") v WHERE 1 = 1");
    let mut debuts = vec![];
    for (autre, groupe) in sonde.groupes.iter().enumerate().filter(|(i, _)| *i != place) {
        match groupe {
            Groupe::Parmi(_) => {
                let nom = format!("g{autre}");
                entree.texte(" AND EXISTS (SELECT 1 FROM vue_terme ").texte(&nom).texte(" WHERE ");
                dans_le_groupe(&mut entree, &nom, groupe);
                entree.texte(" AND ").texte(&nom).texte(".commune = v.commune");
                entree.texte(" AND ").texte(&nom).texte(".dossier = v.dossier)");
            }
            Groupe::DebutDeNom(debut) | Groupe::Debut(debut) => debuts.push(debut),
        }
    }
    if *du.vue() == Vue::Parties {
        // Savoir qu'un dossier n'est pas à cet organisme ne lit pas sa ligne.
        entree.texte(" AND ");
        perimetre::est_partie(du, &mut entree, "v.dossier");
    }
    entree.texte(" LIMIT ").valeur(LUS).texte(") m");
    let mut requete = perimetre::des_dossiers(du, &selection(), Some(entree), Chemin::Libre);
    for debut in debuts {
        requete.texte(" AND d.mots LIKE ").valeur(format!("% {}%", litteral(debut)));
        requete.texte(" ESCAPE '\\'");
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

fn dans_les_communes(requete: &mut Requete, communes: &[String]) {
    if !communes.is_empty() {
        requete.texte(" AND t.commune IN (");
        liste(requete, communes);
        requete.texte(")");
    }
}

/// Des valeurs entre virgules ; aucune n'égale rien.
fn liste(requete: &mut Requete, valeurs: &[String]) {
    for (i, valeur) in valeurs.iter().enumerate() {
        requete.texte(if i == 0 { "" } else { ", " }).valeur(valeur.as_str());
    }
    if valeurs.is_empty() {
        requete.texte("NULL");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Moteur;
    use crate::base::valeur::Valeur;
    use ccapex::partenaires::agent::Agent;

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
            },
            Sonde {
                groupes: vec![Groupe::DebutDeNom("mot12".to_owned())],
                limite: 200,
                ..Sonde::default()
            },
        ];
        for stockage in bases {
            remplie(&stockage).await;
            for sonde in &sondes {
                let du = Agent::programme("62").perimetre();
                let mut requete = requete(&du, sonde, 0);
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
                drop(connexion);
                let plan: Vec<String> = plan.into_iter().map(|p| p.0).collect();
                let entier = |etape: &String| {
                    etape.contains("Seq Scan")
                        || etape.contains("SCAN d")
                        || etape.contains("SCAN t")
                };
                assert!(
                    !plan.iter().any(entier),
                    "{:?} {sonde:?}\n{}",
                    stockage.moteur(),
                    plan.join("\n")
                );
                let rapport = stockage.chercher(&du, sonde).await.unwrap();
                assert!(!rapport.dossiers.is_empty() || sonde.dans_l_adresse.is_some());
                assert!(rapport.dossiers.len() <= 200);
            }
        }
    }
}
