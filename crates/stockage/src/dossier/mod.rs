//! La vue d'un dossier : tout ce qu'une liste montre et qu'un rapprochement compare.

use std::collections::{BTreeMap, BTreeSet};

use ccapex::identifiants::DossierId;
use ccapex::partenaires::habilitation::{Lecture, Situation};
use ccapex::partenaires::partie::{Parties, Pourquoi};
use ccapex::recherche::termes::ecrit;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::acces::releve;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::{SANS_ECHEANCE, Valeur, valeurs};
use crate::base::{Connexion, Stockage, sql, sql_par_moteur};
use crate::echec::Echec;

/// Un dossier, tel qu'il se lit dans une liste. Se refait à partir du journal et du coffre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VueDossier {
    /// Son numéro, attribué par le compteur `dossier`.
    pub id: DossierId,
    /// Sa référence dictable.
    pub reference: String,
    /// Son profil.
    pub profil: String,
    /// Sa sous-commission ; vide si elle est inconnue.
    pub sous_commission: String,
    /// Le service en charge ; vide s'il n'y en a pas, ce que l'accueil compte.
    pub service: String,
    /// Le service est celui par défaut, tant qu'une question est sans réponse.
    pub service_provisoire: bool,
    /// Le code INSEE de la commune.
    pub commune: String,
    /// Le stade de la procédure.
    pub stade: String,
    /// Le statut de la dernière notice.
    pub statut: String,
    /// Le motif de ce statut.
    pub motif: String,
    /// La file de travail (`a_completer`, `a_orienter`…) ; vide si aucune.
    pub file: String,
    /// La prochaine étape : ce qui est à faire.
    pub etape_quoi: String,
    /// Qui doit la faire.
    pub etape_qui: String,
    /// Avant quand.
    pub etape_avant_le: Option<Date>,
    /// La règle qui le dit.
    pub etape_regle: String,
    /// La fin du délai du dernier acte.
    pub fin_delai: Option<Date>,
    /// Le nom du ménage, pour l'affichage.
    pub nom: String,
    /// L'adresse du logement, pour l'affichage.
    pub adresse: String,
    /// La dette, en centimes.
    pub dette: Option<i64>,
    /// Le jour de l'ouverture.
    pub ouvert_le: Date,
    /// L'instant du dernier changement.
    pub maj_le: Timestamp,
    /// Le jour de la clôture.
    pub clos_le: Option<Date>,
    /// Rapprochements douteux à confirmer.
    pub questions: i64,
    /// Lettres qui attendent un geste.
    pub courriers: i64,
    /// Les organismes qui en voient quelque chose, et pourquoi.
    pub parties: Parties,
    /// Les mots du nom, normalisés, qui servent à la recherche.
    pub mots: Vec<String>,
    /// Les clés de rapprochement.
    pub cles: Vec<i64>,
    /// La fiche de rapprochement, en JSON.
    pub fiche: String,
    /// La longueur du journal d'où vient cette vue.
    pub rang: i64,
    /// Le jour où le stade a commencé.
    pub depuis: Option<Date>,
    /// Ce que le ménage est devenu ; vide tant que le dossier est ouvert.
    pub issue: String,
    /// Les codes de ce qui court à côté de la procédure.
    pub etats: Vec<String>,
    /// Les codes des listes de suivi où il figure.
    pub listes: Vec<String>,
    /// Le premier jour où le temps seul changera cette vue.
    pub change_le: Option<Date>,
    /// Les termes sous lesquels il se cherche, hors les mots de son nom.
    pub termes: Vec<String>,
    /// Le jour de l'audience, tant que le dossier est ouvert.
    pub audience_le: Option<Date>,
    /// Ceux qui peuvent seuls l'ouvrir ; rien quand son accès n'est pas restreint.
    pub nommes: Option<BTreeSet<String>>,
}

impl VueDossier {
    /// Une vue vide, à remplir.
    #[must_use]
    pub fn neuve(id: DossierId, reference: String, ouvert_le: Date, maj_le: Timestamp) -> Self {
        Self {
            id,
            reference,
            profil: String::new(),
            sous_commission: String::new(),
            service: String::new(),
            service_provisoire: false,
            commune: String::new(),
            stade: String::new(),
            statut: String::new(),
            motif: String::new(),
            file: String::new(),
            etape_quoi: String::new(),
            etape_qui: String::new(),
            etape_avant_le: None,
            etape_regle: String::new(),
            fin_delai: None,
            nom: String::new(),
            adresse: String::new(),
            dette: None,
            ouvert_le,
            maj_le,
            clos_le: None,
            questions: 0,
            courriers: 0,
            parties: Parties::new(),
            mots: Vec::new(),
            cles: Vec::new(),
            fiche: String::new(),
            rang: 0,
            depuis: None,
            issue: String::new(),
            etats: Vec::new(),
            listes: Vec::new(),
            change_le: None,
            termes: Vec::new(),
            audience_le: None,
            nommes: None,
        }
    }

    /// Le service est à confirmer, ou le dossier attend d'être orienté.
    #[must_use]
    pub fn a_orienter(&self) -> bool {
        self.clos_le.is_none() && (self.service_provisoire || self.file == "a_orienter")
    }

    /// Un dossier ouvert sans service ou sans prochaine étape datée : il ne doit pas y en avoir.
    #[must_use]
    pub fn sans_etape(&self) -> bool {
        self.clos_le.is_none() && (self.etape_avant_le.is_none() || self.service.is_empty())
    }

    /// Tout ce sous quoi il se cherche : les mots de son nom tels qu'écrits, et ses autres termes.
    pub(crate) fn tous_les_termes(&self) -> impl Iterator<Item = String> {
        self.mots.iter().map(|mot| ecrit(mot)).chain(self.termes.iter().cloned())
    }

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

    /// Les valeurs, dans l'ordre des colonnes de `vue_dossier`.
    pub(crate) fn en_ligne(self) -> Result<[Valeur; 39], Echec> {
        let (a_orienter, sans_etape) = (self.a_orienter(), self.sans_etape());
        Ok([
            self.id.into(),
            self.reference.into(),
            self.profil.into(),
            self.sous_commission.into(),
            self.service.into(),
            self.service_provisoire.into(),
            self.commune.into(),
            self.stade.into(),
            self.statut.into(),
            self.motif.into(),
            self.file.into(),
            self.etape_quoi.into(),
            self.etape_qui.into(),
            jour_ou_jamais(self.etape_avant_le).into(),
            self.etape_regle.into(),
            self.fin_delai.into(),
            self.nom.into(),
            self.adresse.into(),
            self.dette.into(),
            self.ouvert_le.into(),
            self.maj_le.into(),
            self.clos_le.into(),
            self.questions.into(),
            self.courriers.into(),
            parties_ecrites(&self.parties)?.into(),
            mots_ecrits(&self.mots).into(),
            serde_json::to_string(&self.cles)?.into(),
            self.fiche.into(),
            self.rang.into(),
            a_orienter.into(),
            sans_etape.into(),
            self.depuis.into(),
            self.issue.into(),
            codes_ecrits(&self.etats).into(),
            codes_ecrits(&self.listes).into(),
            jour_ou_jamais(self.change_le).into(),
            self.termes.join(" ").into(),
            self.audience_le.into(),
            nommes_ecrits(self.nommes.as_ref()).into(),
        ])
    }

    /// Ce que le temps change, dans l'ordre des colonnes de [`tables::VUE_DOSSIER_DU_JOUR`].
    ///
    /// [`tables::VUE_DOSSIER_DU_JOUR`]: crate::tables::VUE_DOSSIER_DU_JOUR
    pub(crate) fn en_ligne_du_jour(self) -> Result<[Valeur; 19], Echec> {
        let (a_orienter, sans_etape) = (self.a_orienter(), self.sans_etape());
        Ok([
            self.id.into(),
            self.service.into(),
            self.service_provisoire.into(),
            self.stade.into(),
            self.file.into(),
            self.etape_quoi.into(),
            self.etape_qui.into(),
            jour_ou_jamais(self.etape_avant_le).into(),
            self.etape_regle.into(),
            self.clos_le.into(),
            a_orienter.into(),
            sans_etape.into(),
            self.depuis.into(),
            self.issue.into(),
            codes_ecrits(&self.etats).into(),
            codes_ecrits(&self.listes).into(),
            jour_ou_jamais(self.change_le).into(),
            parties_ecrites(&self.parties)?.into(),
            self.audience_le.into(),
        ])
    }
}

/// Sans échéance : après toutes les autres.
fn jour_ou_jamais(jour: Option<Date>) -> String {
    jour.map_or_else(|| SANS_ECHEANCE.to_owned(), |jour| jour.to_string())
}

fn jour_lu(ecrit: &str) -> Result<Option<Date>, Echec> {
    match ecrit {
        SANS_ECHEANCE => Ok(None),
        jour => Ok(Some(jour.parse()?)),
    }
}

/// Des codes entre espaces : chacun se cherche avec ses deux espaces. Rien du tout s'il n'y en a pas.
fn codes_ecrits(codes: &[String]) -> String {
    if codes.is_empty() { String::new() } else { format!(" {} ", codes.join(" ")) }
}

/// Des raisons entre espaces, dans leur ordre.
pub(crate) fn raisons_ecrites(raisons: &BTreeSet<Pourquoi>) -> String {
    codes_ecrits(&raisons.iter().map(|p| p.code().to_owned()).collect::<Vec<_>>())
}

fn parties_ecrites(parties: &Parties) -> Result<String, Echec> {
    let ecrites: BTreeMap<&str, String> =
        parties.iter().map(|(cle, raisons)| (cle.as_str(), raisons_ecrites(raisons))).collect();
    Ok(serde_json::to_string(&ecrites)?)
}

pub(crate) fn parties_lues(ecrites: &str) -> Result<Parties, Echec> {
    let lues: BTreeMap<String, String> = serde_json::from_str(ecrites)?;
    let raisons = |dites: &str| dites.split_whitespace().filter_map(Pourquoi::de_code).collect();
    Ok(lues.into_iter().map(|(cle, dites)| (cle, raisons(&dites))).collect())
}

/// Des noms entre barres, « |compte:3|caf| » ; vide quand l'accès n'est pas restreint.
fn nommes_ecrits(nommes: Option<&BTreeSet<String>>) -> String {
    nommes.map_or_else(String::new, |nommes| {
        let noms: Vec<&str> = nommes.iter().map(String::as_str).collect();
        format!("|{}|", noms.join("|"))
    })
}

pub(crate) fn nommes_lus(ecrits: &str) -> Option<BTreeSet<String>> {
    let noms = ecrits.split('|').filter(|nom| !nom.is_empty()).map(str::to_owned).collect();
    (!ecrits.is_empty()).then_some(noms)
}

fn mots_lus(ecrits: &str) -> Vec<String> {
    ecrits.split_whitespace().map(str::to_owned).collect()
}

/// Les mots entre espaces, pour qu'un début de mot se cherche par « espace, début ».
fn mots_ecrits(mots: &[String]) -> String {
    format!(" {} ", mots.join(" "))
}

impl DepuisLigne for VueDossier {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: DossierId(l.entier("id")?),
            reference: l.texte("reference")?,
            profil: l.texte("profil")?,
            sous_commission: l.texte("sous_commission")?,
            service: l.texte("service")?,
            service_provisoire: l.oui("service_provisoire")?,
            commune: l.texte("commune")?,
            stade: l.texte("stade")?,
            statut: l.texte("statut")?,
            motif: l.texte("motif")?,
            file: l.texte("file")?,
            etape_quoi: l.texte("etape_quoi")?,
            etape_qui: l.texte("etape_qui")?,
            etape_avant_le: jour_lu(&l.texte("etape_avant_le")?)?,
            etape_regle: l.texte("etape_regle")?,
            fin_delai: l.jour_ou_rien("fin_delai")?,
            nom: l.texte("nom")?,
            adresse: l.texte("adresse")?,
            dette: l.entier_ou_rien("dette")?,
            ouvert_le: l.jour("ouvert_le")?,
            maj_le: l.instant("maj_le")?,
            clos_le: l.jour_ou_rien("clos_le")?,
            questions: l.entier("questions")?,
            courriers: l.entier("courriers")?,
            parties: parties_lues(&l.texte("parties")?)?,
            mots: mots_lus(&l.texte("mots")?),
            cles: serde_json::from_str(&l.texte("cles")?)?,
            fiche: l.texte("fiche")?,
            rang: l.entier("rang")?,
            depuis: l.jour_ou_rien("depuis")?,
            issue: l.texte("issue")?,
            etats: mots_lus(&l.texte("etats")?),
            listes: mots_lus(&l.texte("listes")?),
            change_le: jour_lu(&l.texte("change_le")?)?,
            termes: mots_lus(&l.texte("termes")?),
            audience_le: l.jour_ou_rien("audience_le")?,
            nommes: nommes_lus(&l.texte("nommes")?),
        })
    }
}

impl Connexion {
    /// Ces dossiers, par numéro.
    pub(crate) async fn dossiers(
        &mut self,
        dossiers: &[DossierId],
    ) -> Result<Vec<VueDossier>, Echec> {
        let liste = serde_json::to_string(dossiers)?;
        self.lire(sql_par_moteur!("de_plusieurs"), valeurs![liste]).await
    }

    /// Les dossiers qui partagent une de ces clés.
    pub(crate) async fn candidats(&mut self, cles: &[i64]) -> Result<Vec<(i64, DossierId)>, Echec> {
        let liste = serde_json::to_string(cles)?;
        let candidats: Vec<Candidat> =
            self.lire(sql_par_moteur!("candidats"), valeurs![liste]).await?;
        Ok(candidats.into_iter().map(|c| (c.cle, c.dossier)).collect())
    }
}

struct Candidat {
    cle: i64,
    dossier: DossierId,
}

impl DepuisLigne for Candidat {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self { cle: l.entier("cle")?, dossier: DossierId(l.entier("dossier")?) })
    }
}

/// Ce qu'il faut savoir d'un dossier pour dire qui peut le voir, et rien de plus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SituationLue {
    /// Le dossier.
    pub dossier: DossierId,
    /// Sa référence.
    pub reference: String,
    /// Son profil.
    pub profil: String,
    /// Sa sous-commission.
    pub sous_commission: String,
    /// Le service en charge.
    pub service: String,
    /// Les organismes qui en voient quelque chose, et pourquoi.
    pub parties: Parties,
    /// Ceux qui peuvent seuls l'ouvrir ; rien quand son accès n'est pas restreint.
    pub nommes: Option<BTreeSet<String>>,
}

impl SituationLue {
    /// La situation, à présenter à l'habilitation.
    #[must_use]
    pub fn situation(&self) -> Situation<'_> {
        Situation {
            dossier: self.dossier,
            profil: &self.profil,
            sous_commission: &self.sous_commission,
            service: &self.service,
            parties: &self.parties,
            nommes: self.nommes.as_ref(),
        }
    }
}

impl DepuisLigne for SituationLue {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            dossier: DossierId(l.entier("id")?),
            reference: l.texte("reference")?,
            profil: l.texte("profil")?,
            sous_commission: l.texte("sous_commission")?,
            service: l.texte("service")?,
            parties: parties_lues(&l.texte("parties")?)?,
            nommes: nommes_lus(&l.texte("nommes")?),
        })
    }
}

impl Stockage {
    /// La situation d'un dossier, par sa référence : la seule lecture qui précède l'habilitation.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] s'il n'existe pas.
    pub async fn situation(&self, reference: &str) -> Result<SituationLue, Echec> {
        let valeurs = valeurs![reference];
        self.base.lire_une(sql!("situation.sql"), valeurs).await?.ok_or(Echec::Introuvable)
    }

    /// La situation d'un dossier, par son numéro.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] s'il n'existe pas.
    pub async fn situation_par_id(&self, dossier: DossierId) -> Result<SituationLue, Echec> {
        let valeurs = valeurs![dossier];
        self.base.lire_une(sql!("situation_par_id.sql"), valeurs).await?.ok_or(Echec::Introuvable)
    }

    /// Un dossier.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] si la vue manque : elle se refait par `seuil reconstruire`.
    pub async fn dossier(&self, lecture: &Lecture) -> Result<VueDossier, Echec> {
        releve::ouvert(lecture.dossier());
        let valeurs = valeurs![lecture.dossier()];
        self.base.lire_une(sql!("un.sql"), valeurs).await?.ok_or(Echec::Introuvable)
    }
}
