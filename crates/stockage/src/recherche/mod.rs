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
pub(crate) use self::mots::Mots;
pub use self::mots::TermeRange;
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
    Parmi(Vec<TermeRange>),
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
            (Groupe::Parmi(termes), Some(places)) if self.communes.is_empty() => {
                let entrees = termes.len() * places.len();
                let moins = i64::try_from(entrees).is_ok_and(|n| n < total(termes));
                if moins && entrees <= ENTREES { places } else { &self.communes }
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
        if let ([seul], None) = (&sonde.groupes[..], &sonde.a_defaut) {
            return self.chercher_un_groupe(du, sonde, seul, tailles).await;
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
        let (candidats, trop) = self.candidats(du, &sonde, &entree).await?;
        let tronque = trop || self.en_laisse(du, &sonde, &entree).await?;
        Ok(Rapport { candidats, tronque })
    }

    /// Un seul groupe n'a pas d'autre entrée : ses dossiers ne se comptent que s'ils ont tous été lus.
    async fn chercher_un_groupe(
        &self,
        du: &Perimetre,
        sonde: &Sonde,
        groupe: &Groupe,
        tailles: &mut Tailles,
    ) -> Result<Rapport, Echec> {
        let (candidats, trop) = self.candidats(du, sonde, &Entree::seule(0)).await?;
        if trop {
            return Ok(Rapport { candidats, tronque: true });
        }
        let taille = self.taille(groupe, sonde, PARCOURS, tailles).await?;
        let tronque = self.en_laisse(du, sonde, &Entree::seule(taille)).await?;
        Ok(Rapport { candidats, tronque })
    }

    /// Les dossiers à comparer, et s'il y en avait plus que demandé.
    async fn candidats(
        &self,
        du: &Perimetre,
        sonde: &Sonde,
        entree: &Entree,
    ) -> Result<(Vec<Candidat>, bool), Echec> {
        let requete = requete(du, sonde, entree);
        let mut candidats: Vec<Candidat> =
            self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await?;
        let trop = i64::try_from(candidats.len()).is_ok_and(|n| n > sonde.limite);
        candidats.truncate(usize::try_from(sonde.limite).unwrap_or_default());
        Ok((candidats, trop))
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
        if entree.taille() > entree.parcours(sonde) {
            return Ok(true);
        }
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
        for groupe in &sonde.groupes {
            let taille = self.taille(groupe, sonde, RELEVE, connues).await?;
            if taille == 0 {
                return Ok(None);
            }
            tailles.push(taille);
        }
        Ok(Entree::par(tailles))
    }

    /// Les entrées d'un groupe, au plus ; celles qu'il faut compter le sont jusqu'à une de plus que cela.
    async fn taille(
        &self,
        groupe: &Groupe,
        sonde: &Sonde,
        jusqu_a: i64,
        connues: &mut Tailles,
    ) -> Result<i64, Echec> {
        let communes = sonde.communes_de(groupe);
        if let Groupe::Parmi(termes) = groupe
            && (communes.is_empty() || total(termes) < LUS)
        {
            // Peu de dossiers en tout, moins encore dans ces communes : autant ne pas les compter.
            return Ok(total(termes));
        }
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

/// Les dossiers de ces termes ; celui qui en a deux compte deux fois.
fn total(termes: &[TermeRange]) -> i64 {
    termes.iter().map(|t| t.dossiers).sum()
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
            let termes: Vec<&str> = termes.iter().map(|t| t.terme.as_str()).collect();
            liste(requete, &termes);
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
mod tests;
