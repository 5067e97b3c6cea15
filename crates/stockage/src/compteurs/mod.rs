//! Les nombres de l'accueil, tenus à chaque écriture.

use std::borrow::Cow;
use std::collections::BTreeMap;

use ccapex::partenaires::habilitation::{Perimetre, Vue};
use jiff::civil::Date;

use crate::acces::releve;
use crate::base::insertion::Lignes;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::requete::Requete;
use crate::base::valeur::valeurs;
use crate::base::{Sql, Stockage};
use crate::dossier::VueDossier;
use crate::echec::Echec;
use crate::liste::par_debut;
use crate::liste::perimetre::{self, Chemin};
use crate::notice::ATTEND;
use crate::tables;

pub mod images;

/// Ce qu'il y a à faire dans un périmètre.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nombres {
    /// Dossiers ouverts.
    pub ouverts: i64,
    /// Dossiers de la file « à compléter ».
    pub a_completer: i64,
    /// Dossiers dont le service est à confirmer.
    pub a_orienter: i64,
    /// Dossiers ouverts dont un rapprochement est à confirmer.
    pub a_confirmer: i64,
    /// Dossiers ouverts dont une lettre attend.
    pub courriers: i64,
    /// Échéances d'ici à la fin de la semaine.
    pub semaine: i64,
    /// Échéances passées.
    pub en_retard: i64,
    /// Dossiers ouverts sans service ou sans étape datée : se lit 0.
    pub sans_etape: i64,
    /// Dossiers dont l'étape est celle de repli.
    pub a_examiner: i64,
    /// Notices incomplètes sans dossier.
    pub notices_sans_dossier: i64,
    /// Dossiers clos sur l'issue du ménage.
    pub clos: i64,
    /// Dossiers de chaque liste de suivi, par code ; une liste vide n'y est pas. Une étude n'en suit pas.
    pub listes: BTreeMap<String, i64>,
}

/// Les compteurs tenus où un dossier compte pour un. Un dossier restreint n'est compté que pour ceux qu'il
/// nomme, au moment de compter : le nombre tenu dirait aux autres qu'il existe.
///
/// Sa place se tient toujours : elle ne se montre pas, elle dit seulement où chercher ([`Stockage::places`]).
pub(crate) fn tenus_pour(vue: &VueDossier) -> Vec<(Cow<'static, str>, String)> {
    let mut tenus = if vue.nommes.is_some() { Vec::new() } else { compteurs(vue) };
    tenus.push((format!("{PLACE}{}", vue.commune).into(), String::new()));
    tenus
}

/// Les compteurs où un dossier compte pour un, et le jour de ceux qui en ont un.
///
/// Un statut ou un stade a son compteur : une liste dit combien elle a de lignes sans les compter.
pub(crate) fn compteurs(vue: &VueDossier) -> Vec<(Cow<'static, str>, String)> {
    let ouvert = vue.clos_le.is_none();
    let sans_jour = [
        ("ouvert", ouvert),
        ("a_completer", ouvert && vue.file == "a_completer"),
        ("a_orienter", vue.a_orienter()),
        ("a_confirmer", ouvert && vue.questions > 0),
        ("courriers", ouvert && vue.courriers > 0),
        ("sans_etape", vue.sans_etape()),
        ("a_examiner", ouvert && vue.etape_regle == "a_examiner"),
        // Un dossier joint n'est plus ouvert ici, mais le ménage n'a pas d'issue.
        ("clos", !ouvert && !vue.issue.is_empty()),
    ];
    let mut compteurs: Vec<(Cow<'static, str>, String)> = sans_jour
        .into_iter()
        .filter(|(_, compte)| *compte)
        .map(|(nom, _)| (nom.into(), String::new()))
        .collect();
    if ouvert {
        compteurs.push((format!("statut:{}", vue.statut).into(), String::new()));
        compteurs.push((format!("{STADE}{}", vue.stade).into(), String::new()));
        if !vue.commune.is_empty() {
            compteurs.push((format!("{COMMUNE}{}", vue.commune).into(), String::new()));
        }
        for etat in &vue.etats {
            compteurs.push((format!("etat:{etat}").into(), String::new()));
        }
        for liste in &vue.listes {
            compteurs.push((format!("{LISTE}{liste}").into(), String::new()));
        }
    }
    if let (true, Some(jour)) = (ouvert, vue.etape_avant_le) {
        compteurs.push(("etape".into(), jour.to_string()));
    }
    compteurs
}

/// Le début du nom du compteur d'une liste de suivi.
pub(crate) const LISTE: &str = "liste:";

/// Le début du nom du compteur d'un stade.
pub(crate) const STADE: &str = "stade:";

/// Le début du nom du compteur d'une commune.
pub(crate) const COMMUNE: &str = "commune:";

/// Le début du nom du compteur de tous les dossiers d'une commune, ouverts ou non.
const PLACE: &str = "place:";

/// (profil, compteur, jour, sous-commission, service).
type Cle = (String, Cow<'static, str>, String, String, String);

/// Ce qu'un lot ajoute aux compteurs et leur retire.
#[derive(Default)]
pub(crate) struct Compteurs(BTreeMap<Cle, i64>);

impl Compteurs {
    pub(crate) fn ajouter(&mut self, vue: &VueDossier) {
        self.compter(vue, 1);
    }

    pub(crate) fn retirer(&mut self, vue: &VueDossier) {
        self.compter(vue, -1);
    }

    fn compter(&mut self, vue: &VueDossier, n: i64) {
        for (nom, jour) in tenus_pour(vue) {
            let (sous_commission, service) = (vue.sous_commission.clone(), vue.service.clone());
            *self
                .0
                .entry((vue.profil.clone(), nom, jour, sous_commission, service))
                .or_default() += n;
        }
    }

    pub(crate) fn en_lignes(self) -> Lignes {
        let mut lignes = Lignes::pour(&tables::VUE_COMPTE, self.0.len());
        for ((profil, compteur, jour, sous_commission, service), n) in self.0 {
            if n != 0 {
                lignes.ligne([
                    profil.into(),
                    compteur.into_owned().into(),
                    jour.into(),
                    sous_commission.into(),
                    service.into(),
                    n.into(),
                ]);
            }
        }
        lignes
    }
}

struct Somme {
    compteur: String,
    n: i64,
}

impl DepuisLigne for Somme {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self { compteur: l.texte("compteur")?, n: l.entier("n")? })
    }
}

impl DepuisLigne for Nombres {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            ouverts: l.entier("ouvert")?,
            a_completer: l.entier("a_completer")?,
            a_orienter: l.entier("a_orienter")?,
            a_confirmer: l.entier("a_confirmer")?,
            courriers: l.entier("courriers")?,
            semaine: l.entier("semaine")?,
            en_retard: l.entier("en_retard")?,
            sans_etape: l.entier("sans_etape")?,
            a_examiner: l.entier("a_examiner")?,
            clos: l.entier("clos")?,
            notices_sans_dossier: 0,
            listes: BTreeMap::new(),
        })
    }
}

struct Place(String);

impl DepuisLigne for Place {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        let compteur = l.texte("compteur")?;
        Ok(Self(compteur.strip_prefix(PLACE).unwrap_or(&compteur).to_owned()))
    }
}

impl Stockage {
    /// Les communes où ce périmètre a des dossiers, quand il n'en a pas de partout ; « » pour les dossiers
    /// sans commune. Rien quand le savoir ne restreindrait pas une recherche.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn places(&self, du: &Perimetre) -> Result<Option<Vec<String>>, Echec> {
        let Vue::SousCommission(code) = du.vue() else { return Ok(None) };
        let mut requete = Requete::default();
        requete.texte("SELECT DISTINCT c.compteur FROM vue_compte c WHERE c.profil = ");
        requete.valeur(du.profil()).texte(" AND ");
        par_debut(&mut requete, "c.compteur", PLACE);
        requete.texte(" AND c.jour = '' AND c.n > 0 AND c.sous_commission = ");
        requete.valeur(code.as_str());
        let places: Vec<Place> =
            self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await?;
        Ok(Some(places.into_iter().map(|place| place.0).collect()))
    }

    /// Les nombres de l'accueil, sur les dossiers que le périmètre ouvre en entier ; pour un organisme
    /// qui n'a que sa part, sur les dossiers où il est partie.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn compteurs(
        &self,
        du: &Perimetre,
        aujourd_hui: Date,
        fin_de_semaine: Date,
    ) -> Result<Nombres, Echec> {
        let restreint = match du.vue() {
            // Un organisme n'a pas de compteurs tenus : ses dossiers se comptent.
            Vue::Parties => {
                let mut requete = Self::comptes_de_ses_parties(du, aujourd_hui, fin_de_semaine);
                perimetre::dans_sa_sous_commission(du, &mut requete);
                let comptes = self.base.lire_une(Sql::Assemble(requete.sql), requete.valeurs);
                let comptes: Option<Nombres> = comptes.await?;
                let notices_sans_dossier = self.notices_sans_dossier(du).await?;
                return Ok(Nombres { notices_sans_dossier, ..comptes.unwrap_or_default() });
            }
            Vue::Profil | Vue::Chiffres => None,
            Vue::SousCommission(code) => Some(("sous_commission", code.as_str())),
            Vue::Service(code) => Some(("service", code.as_str())),
        };
        let mut sommes = self.tenus(du, aujourd_hui, fin_de_semaine, restreint).await?;
        sommes.extend(self.restreints_comptes(du, aujourd_hui, fin_de_semaine).await?);
        let n = |nom: &str| sommes.iter().filter(|s| s.compteur == nom).map(|s| s.n).sum();
        let mut listes = BTreeMap::new();
        for somme in sommes.iter().filter(|s| s.n != 0) {
            if let Some(liste) = somme.compteur.strip_prefix(LISTE) {
                *listes.entry(liste.to_owned()).or_default() += somme.n;
            }
        }
        Ok(Nombres {
            ouverts: n("ouvert"),
            a_completer: n("a_completer"),
            a_orienter: n("a_orienter"),
            a_confirmer: n("a_confirmer"),
            courriers: n("courriers"),
            semaine: n("semaine"),
            en_retard: n("en_retard"),
            sans_etape: n("sans_etape"),
            a_examiner: n("a_examiner"),
            clos: n("clos"),
            listes,
            notices_sans_dossier: self.notices_sans_dossier(du).await?,
        })
    }

    fn comptes_de_ses_parties(du: &Perimetre, aujourd_hui: Date, fin_de_semaine: Date) -> Requete {
        let debut = Requete {
            sql: include_str!("des_dossiers.sql").to_owned(),
            valeurs: valeurs![aujourd_hui, fin_de_semaine],
        };
        perimetre::de_ses_parties(du, debut)
    }

    /// Les dossiers ouverts où une réponse est attendue de l'organisme.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn a_repondre(&self, du: &Perimetre) -> Result<i64, Echec> {
        let entree = Some(perimetre::a_repondre(du));
        let mut requete =
            perimetre::des_dossiers(du, "SELECT COUNT(*) AS n", entree, Chemin::Libre);
        requete.texte(" AND d.clos_le IS NULL");
        let n = self.base.lire_une(Sql::Assemble(requete.sql), requete.valeurs).await?;
        Ok(n.unwrap_or_default())
    }

    /// Les dossiers ouverts dont l'organisme est mandaté pour le diagnostic, l'audience la plus proche d'abord.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn mandats(&self, du: &Perimetre, limite: i64) -> Result<Vec<VueDossier>, Echec> {
        let debut = Requete { sql: "SELECT d.id FROM vue_dossier d".to_owned(), valeurs: vec![] };
        let mut requete = perimetre::de_ses_parties(du, debut);
        perimetre::dans_sa_sous_commission(du, &mut requete);
        requete.texte(" AND d.clos_le IS NULL");
        perimetre::ou_mandate(du, &mut requete);
        let colonnes = include_str!("../dossier/colonnes.sql");
        let ordre = "ORDER BY COALESCE(d.audience_le, '9999'), d.id";
        let sql = format!("{colonnes} WHERE d.id IN ({}) {ordre} LIMIT {limite}", requete.sql);
        let lus: Vec<VueDossier> = self.base.lire(Sql::Assemble(sql), requete.valeurs).await?;
        releve::apercus(lus.iter().map(|d| d.id));
        Ok(lus)
    }

    /// Les dossiers restreints que ce périmètre montre, comme les compteurs tenus les auraient comptés.
    async fn restreints_comptes(
        &self,
        du: &Perimetre,
        aujourd_hui: Date,
        fin_de_semaine: Date,
    ) -> Result<Vec<Somme>, Echec> {
        let (aujourd_hui, fin) = (aujourd_hui.to_string(), fin_de_semaine.to_string());
        let mut sommes = Vec::new();
        for vue in self.restreints(du).await? {
            for (nom, jour) in compteurs(&vue) {
                let compteur = match nom.as_ref() {
                    "etape" if jour < aujourd_hui => "en_retard".to_owned(),
                    "etape" if jour <= fin => "semaine".to_owned(),
                    "etape" => continue,
                    autre => autre.to_owned(),
                };
                sommes.push(Somme { compteur, n: 1 });
            }
        }
        Ok(sommes)
    }

    /// Les dossiers restreints que ce périmètre ouvre en entier.
    pub(crate) async fn restreints(&self, du: &Perimetre) -> Result<Vec<VueDossier>, Echec> {
        if matches!(du.vue(), Vue::Parties | Vue::Chiffres) {
            return Ok(Vec::new());
        }
        let requete = perimetre::des_restreints(&du.clone().en_entier(), "SELECT d.id");
        let colonnes = include_str!("../dossier/colonnes.sql");
        let sql = format!("{colonnes} WHERE d.id IN ({})", requete.sql);
        self.base.lire(Sql::Assemble(sql), requete.valeurs).await
    }

    async fn tenus(
        &self,
        du: &Perimetre,
        aujourd_hui: Date,
        fin_de_semaine: Date,
        restreint: Option<(&str, &str)>,
    ) -> Result<Vec<Somme>, Echec> {
        let mut requete = Requete::default();
        requete.texte("SELECT CASE WHEN c.compteur <> 'etape' THEN c.compteur WHEN c.jour < ");
        requete.valeur(aujourd_hui).texte(" THEN 'en_retard' ELSE 'semaine' END AS compteur, ");
        requete.texte("CAST(SUM(c.n) AS BIGINT) AS n FROM vue_compte c WHERE c.profil = ");
        requete.valeur(du.profil()).texte(" AND c.jour <= ").valeur(fin_de_semaine);
        if let Some((colonne, code)) = restreint {
            requete.texte(" AND c.").texte(colonne).texte(" = ").valeur(code);
        }
        requete.texte(" GROUP BY 1");
        self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await
    }

    async fn notices_sans_dossier(&self, du: &Perimetre) -> Result<i64, Echec> {
        // Un service n'a de notices que par ses dossiers.
        if let Vue::Service(_) = du.vue() {
            return Ok(0);
        }
        let compter = "SELECT COUNT(*) AS n FROM notice n";
        let mut requete = perimetre::des_notices(du, compter);
        requete.texte(ATTEND).texte(" AND n.dossier IS NULL");
        Ok(self
            .base
            .lire_une(Sql::Assemble(requete.sql), requete.valeurs)
            .await?
            .unwrap_or_default())
    }
}
