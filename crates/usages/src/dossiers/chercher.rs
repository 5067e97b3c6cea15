//! Retrouver un ménage avec ce qu'on en sait : la boîte de recherche de chaque page.

use std::collections::BTreeMap;

use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Perimetre, Portee};
use ccapex::recherche::accord::{Accord, Accordeur, Fiche, Pourquoi};
use ccapex::recherche::question::{Lecture, Mot, Question};
use ccapex::recherche::termes::Espece;
use ccapex::recherche::{references, termes};
use jiff::civil::Date;
use stockage::recherche::{Candidat, Groupe, Rapport, Sonde, Tailles, TermeRange, Trouve, montrer};
use territoire::Commune;

use crate::dossiers::vocabulaire::Vocabulaire;
use crate::echec::Echec;
use crate::maison::Maison;

/// Ce qu'une recherche a trouvé, le meilleur d'abord.
#[derive(Clone, Debug, Default)]
pub struct Reponse {
    /// Les dossiers, et pourquoi chacun.
    pub trouves: Vec<(Trouve, Vec<Pourquoi>)>,
    /// Les communes que la question nomme, quand elle ne dit rien d'autre.
    pub communes: Vec<&'static Commune>,
    /// Il y en avait trop pour tout regarder : la question est à préciser.
    pub tronquee: bool,
}

/// Les dossiers qu'une sonde rapporte au plus, pour en montrer tant : de quoi choisir les meilleurs, sans lire
/// deux cents lignes éparses pour en proposer huit.
fn candidats_pour(combien: usize) -> i64 {
    i64::try_from(2 * combien).unwrap_or(CANDIDATS).clamp(20, CANDIDATS)
}

const CANDIDATS: i64 = 200;

/// Assez de réponses à un mot seul pour ne pas en chercher d'approchantes ; plusieurs mots qui s'accordent
/// en disent assez d'une seule.
const ASSEZ_D_UN_MOT: usize = 10;

/// Les dossiers qui répondent à ce qui est tapé, dans le périmètre de la personne ; `combien` au plus.
///
/// L'exact passe avant le début, le proche et l'approchant : les sondes suivantes ne partent que s'il
/// reste de la place.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn chercher(
    maison: &Maison,
    agent: &Agent,
    saisi: &str,
    combien: usize,
    aujourd_hui: Date,
) -> Result<Reponse, Echec> {
    let question = Question::lire(saisi, &agent.profil, aujourd_hui.year());
    let du = agent.perimetre();
    let mut recherche = Recherche {
        maison,
        places: maison.stockage.places(&du).await?,
        du,
        combien,
        vocabulaire: Vocabulaire::default(),
        tailles: Tailles::default(),
        trouves: BTreeMap::new(),
        tronquee: false,
    };
    recherche.par_references(&question).await?;
    if let Some(debut) = &question.telephone {
        recherche.par_telephone(debut).await?;
    }
    for lecture in question.lectures.iter().filter(|l| !l.mots.is_empty()) {
        recherche.par_mots(lecture).await?;
    }
    let seules = question.lectures.first().filter(|l| l.mots.is_empty());
    let communes = seules.map(|l| l.communes.clone()).unwrap_or_default();
    recherche.reponse(communes).await
}

/// Une recherche en cours.
struct Recherche<'a> {
    maison: &'a Maison,
    du: Perimetre,
    places: Option<Vec<String>>,
    combien: usize,
    vocabulaire: Vocabulaire,
    tailles: Tailles,
    trouves: BTreeMap<DossierId, Retenu>,
    tronquee: bool,
}

/// Un dossier qui répond, avant de se lire en entier : de quoi le ranger parmi les autres.
struct Retenu {
    accord: Accord,
    clos: bool,
    reference: String,
}

impl Recherche<'_> {
    fn est_pleine(&self) -> bool {
        self.trouves.len() >= self.combien
    }

    async fn sonder(&mut self, du: &Perimetre, sonde: &Sonde) -> Result<Vec<Candidat>, Echec> {
        let stockage = &self.maison.stockage;
        let Rapport { candidats, tronque } =
            stockage.chercher(du, sonde, &mut self.tailles).await?;
        self.tronquee |= tronque;
        Ok(candidats)
    }

    fn garder(&mut self, id: DossierId, retenu: Retenu) {
        let connu = self.trouves.get(&id);
        if connu.is_none_or(|connu| retenu.accord < connu.accord) {
            self.trouves.insert(id, retenu);
        }
    }

    fn garder_entier(&mut self, trouve: Trouve, accord: Accord) {
        let clos = trouve.clos_le.is_some();
        self.garder(trouve.id, Retenu { accord, clos, reference: trouve.reference });
    }

    async fn par_references(&mut self, question: &Question) -> Result<(), Echec> {
        let dossiers = &question.dossiers;
        if !dossiers.entieres.is_empty() || dossiers.debut.is_some() {
            let limite = i64::try_from(self.combien).unwrap_or(CANDIDATS);
            let trouves = self
                .maison
                .stockage
                .chercher_par_reference(
                    &self.du,
                    &dossiers.entieres,
                    dossiers.debut.as_deref(),
                    limite,
                )
                .await?;
            for trouve in trouves {
                let rang = u32::from(!dossiers.entieres.contains(&trouve.reference));
                self.garder_entier(trouve, Accord { rang, pourquoi: vec![Pourquoi::Reference] });
            }
        }
        if let Some(forme) = question.actes.iter().max_by_key(|forme| forme.len()) {
            let mut formes: Vec<&String> = question.actes.iter().collect();
            formes.sort_by_key(|f| std::cmp::Reverse(*f == forme));
            for forme in formes {
                let debut = Groupe::Debut(termes::acte(forme));
                for trouve in self.sonder_un(debut, &self.du.clone()).await? {
                    if self.est_entier(&trouve) || self.a_envoye(&trouve, forme).await? {
                        let pourquoi = vec![Pourquoi::Acte];
                        self.garder_entier(trouve, Accord { rang: 10, pourquoi });
                    }
                }
            }
        }
        Ok(())
    }

    /// Un téléphone peut avoir été donné par un autre : il ne retrouve que ce qui se voit en entier.
    async fn par_telephone(&mut self, debut: &str) -> Result<(), Echec> {
        let debut = Groupe::Debut(termes::appel(debut));
        for trouve in self.sonder_un(debut, &self.du.clone().en_entier()).await? {
            self.garder_entier(trouve, Accord { rang: 10, pourquoi: vec![Pourquoi::Telephone] });
        }
        Ok(())
    }

    fn est_entier(&self, trouve: &Trouve) -> bool {
        self.du.portee(&trouve.situation()) == Some(Portee::Entier)
    }

    /// Cette référence est celle d'un acte que l'organisme a lui-même envoyé.
    async fn a_envoye(&self, trouve: &Trouve, forme: &str) -> Result<bool, Echec> {
        let envoyees = self.maison.stockage.references_envoyees(&self.du, trouve.id).await?;
        let commence = |r: &String| references::acte(r).iter().any(|f| f.starts_with(forme));
        Ok(envoyees.iter().any(commence))
    }

    async fn sonder_un(&mut self, groupe: Groupe, du: &Perimetre) -> Result<Vec<Trouve>, Echec> {
        let limite = i64::try_from(self.combien).unwrap_or(CANDIDATS);
        let places = self.places.clone();
        let sonde = Sonde { groupes: vec![groupe], places, limite, ..Sonde::default() };
        let candidats = self.sonder(du, &sonde).await?;
        let dossiers: Vec<DossierId> = candidats.iter().map(|candidat| candidat.id).collect();
        Ok(self.maison.stockage.trouves(du, &dossiers).await?)
    }

    async fn par_mots(&mut self, lecture: &Lecture) -> Result<(), Echec> {
        let base = Sonde {
            communes: lecture.communes.iter().map(|c| c.code.to_owned()).collect(),
            places: self.places.clone(),
            limite: candidats_pour(self.combien),
            ..Sonde::default()
        };
        let mut accordeur = Accordeur::pour(lecture);
        let [noms, voies] = self.qui_s_entendent(lecture, &mut accordeur).await?;
        let entiers: Vec<Groupe> = noms
            .iter()
            .zip(&voies)
            .map(|(nom, voie)| Groupe::Parmi([&nom[..], voie].concat()))
            .collect();
        let mut sondes = Vec::new();
        if let Some(numero) = lecture.numeros.first() {
            let groupes = entiers.clone();
            sondes.push(Sonde { groupes, dans_l_adresse: Some(numero.clone()), ..base.clone() });
        }
        if let Some(dernier) = lecture.mots.last().filter(|m| m.inacheve || lecture.mots.len() == 1)
        {
            let mut groupes = entiers.clone();
            groupes.pop();
            groupes.push(Groupe::DebutDeNom(dernier.formes[0].clone()));
            sondes.push(Sonde { groupes, ..base.clone() });
        }
        // Un mot seul : les noms d'abord, les voies ensuite, qui sont bien plus nombreuses.
        if lecture.mots.len() == 1 {
            for termes in noms.into_iter().chain(voies) {
                sondes.push(Sonde { groupes: vec![Groupe::Parmi(termes)], ..base.clone() });
            }
        } else {
            sondes.push(Sonde { groupes: entiers.clone(), ..base.clone() });
        }
        self.sonder_dans_l_ordre(&mut accordeur, sondes).await?;
        // Ce qui s'entend comme demandé suffit le plus souvent : l'approchant coûte, et le noierait.
        let assez = if lecture.mots.len() == 1 { ASSEZ_D_UN_MOT } else { 1 };
        // Un mot seul est un nom le plus souvent : les voies ne s'apprennent que si les noms ne suffisent pas.
        let [nom, voie] = Espece::TOUTES;
        let tours = if lecture.mots.len() == 1 {
            vec![vec![nom], vec![voie]]
        } else {
            vec![vec![nom, voie]]
        };
        for especes in tours {
            if self.trouves.len() < assez {
                let sondes =
                    self.approchantes(lecture, &mut accordeur, &especes, &entiers, &base).await?;
                self.sonder_dans_l_ordre(&mut accordeur, sondes).await?;
            }
        }
        Ok(())
    }

    /// Pour chaque mot de la lecture, les termes qui s'entendent comme lui : noms, puis voies.
    async fn qui_s_entendent(
        &mut self,
        lecture: &Lecture,
        accordeur: &mut Accordeur<'_>,
    ) -> Result<[Vec<Vec<TermeRange>>; 2], Echec> {
        let ou =
            |mot: &Mot| Espece::TOUTES.map(|espece| mot.rangements(espece)).into_iter().flatten();
        let rangements = lecture.mots.iter().flat_map(ou);
        self.tronquee |= self.vocabulaire.apprendre(&self.maison.stockage, rangements).await?;
        Ok(Espece::TOUTES.map(|espece| {
            let mots = lecture.mots.iter().enumerate();
            let choisis = mots.map(|(place, mot)| {
                let convient = |trouve: &str| accordeur.accepte(place, trouve);
                self.vocabulaire.choisir(&mot.rangements(espece), convient)
            });
            choisis.collect()
        }))
    }

    /// Une lettre fausse dans un mot : les autres mots mènent au dossier, ou ses voisins s'il est seul.
    async fn approchantes(
        &mut self,
        lecture: &Lecture,
        accordeur: &mut Accordeur<'_>,
        especes: &[Espece],
        entiers: &[Groupe],
        base: &Sonde,
    ) -> Result<Vec<Sonde>, Echec> {
        // Un mot que la base n'a pas est le mot fautif ; deux, et aucun dossier ne répond.
        let les_autres_existent =
            |place: &usize| (0..entiers.len()).all(|p| p == *place || !entiers[p].est_vide());
        let douteux: Vec<usize> = (0..entiers.len())
            .filter(les_autres_existent)
            .filter(|place| !lecture.mots[*place].certain)
            .collect();
        let ou = |place: &usize| {
            let mot = &lecture.mots[*place];
            especes.iter().map(|espece| mot.rangements_voisins(*espece)).collect::<Vec<_>>()
        };
        let rangements: Vec<String> = douteux.iter().flat_map(ou).flatten().collect();
        let rangements = rangements.into_iter();
        self.tronquee |= self.vocabulaire.apprendre(&self.maison.stockage, rangements).await?;
        let mut sondes = Vec::new();
        for place in douteux {
            let choisis = ou(&place).into_iter().map(|rangements| {
                let convient = |trouve: &str| accordeur.accepte_voisin(place, trouve);
                (!rangements.is_empty()).then(|| self.vocabulaire.choisir(&rangements, convient))
            });
            if entiers.len() == 1 {
                sondes.extend(
                    choisis.flatten().map(|termes| Sonde {
                        groupes: vec![Groupe::Parmi(termes)],
                        ..base.clone()
                    }),
                );
                continue;
            }
            let mut groupes = entiers.to_vec();
            groupes.remove(place);
            // Un mot trop court pour avoir des voisins : les autres seuls y mènent.
            let a_defaut: Option<Vec<Vec<TermeRange>>> = choisis.collect();
            let a_defaut = a_defaut.map(|choisis| Groupe::Parmi(choisis.concat()));
            sondes.push(Sonde { groupes, a_defaut, ..base.clone() });
        }
        Ok(sondes)
    }

    /// Tant qu'il reste de la place.
    async fn sonder_dans_l_ordre(
        &mut self,
        accordeur: &mut Accordeur<'_>,
        sondes: Vec<Sonde>,
    ) -> Result<(), Echec> {
        for sonde in sondes {
            if self.est_pleine() {
                break;
            }
            for candidat in self.sonder(&self.du.clone(), &sonde).await? {
                let Candidat { id, reference, nom, adresse, mots, clos } = candidat;
                let fiche = Fiche { nom: &nom, mots: &mots, adresse: &adresse };
                if let Some(accord) = accordeur.accorder(fiche) {
                    // Après une référence : un numéro exact l'emporte sur un nom.
                    let accord = Accord { rang: accord.rang + 100, ..accord };
                    self.garder(id, Retenu { accord, clos, reference });
                }
            }
        }
        Ok(())
    }

    /// Seuls les dossiers montrés se lisent en entier, et s'inscrivent au registre.
    async fn reponse(self, communes: Vec<&'static Commune>) -> Result<Reponse, Echec> {
        let mut retenus: Vec<(DossierId, Retenu)> = self.trouves.into_iter().collect();
        // À accord égal : les dossiers ouverts, puis les plus récents.
        retenus.sort_by(|(_, un), (_, autre)| {
            (&un.accord, un.clos, &autre.reference).cmp(&(&autre.accord, autre.clos, &un.reference))
        });
        let tronquee = self.tronquee || retenus.len() > self.combien;
        retenus.truncate(self.combien);
        let dossiers: Vec<DossierId> = retenus.iter().map(|(id, _)| *id).collect();
        let lus = self.maison.stockage.trouves(&self.du, &dossiers).await?;
        montrer(lus.iter());
        let mut lus: BTreeMap<DossierId, Trouve> = lus.into_iter().map(|t| (t.id, t)).collect();
        let trouves = retenus.into_iter().filter_map(|(id, retenu)| {
            let trouve = lus.remove(&id)?;
            let entier = self.du.portee(&trouve.situation()) == Some(Portee::Entier);
            Some((if entier { trouve } else { sa_part(trouve) }, retenu.accord.pourquoi))
        });
        let trouves = trouves.collect();
        Ok(Reponse { trouves, communes, tronquee })
    }
}

/// Ce qu'un organisme qui n'a que sa part en voit : pas où en est la procédure.
fn sa_part(trouve: Trouve) -> Trouve {
    let (stade, statut) = (String::new(), String::new());
    Trouve { stade, statut, fin_delai: None, etape_avant_le: None, ..trouve }
}
